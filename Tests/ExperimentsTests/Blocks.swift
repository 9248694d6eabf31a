import Diagnostics
import Experiments
import Storage
import TestSupport

/// An article of a test: the blocks between ```` ```nn ```` and ```` ``` ````, after any
/// indentation or `>`.
struct Article {
  let file: SourceFile
  let blocks: [NNBlock]

  init(_ text: String, path: String = "article.md") {
    file = SourceFile(path: path, text: text)
    var blocks: [NNBlock] = []
    var open: (indent: Int, info: Range<Int>, body: ExtractedText)?
    for line in 1...file.lineCount {
      let range = file.lineRange(line)
      let bytes = file.bytes[range]
      if let block = open {
        let start = min(range.lowerBound + block.indent, range.upperBound)
        if file.bytes[start..<range.upperBound].starts(with: "```".utf8) {
          blocks.append(NNBlock(file: file, info: block.info, body: block.body))
          open = nil
        } else {
          let end = line < file.lineCount ? file.offset(ofLine: line + 1) : range.upperBound
          open!.body.append(file.bytes[start..<end], at: start)
        }
      } else {
        let indent = bytes.prefix { $0 == 32 || $0 == UInt8(ascii: ">") }.count
        if bytes.dropFirst(indent).starts(with: "```nn".utf8) {
          let start = range.lowerBound + indent
          open = (indent, start + 3..<range.upperBound, ExtractedText())
        }
      }
    }
    if let block = open {
      blocks.append(NNBlock(file: file, info: block.info, body: block.body))
    }
    self.blocks = blocks
  }

  /// An article with a single block.
  init(block: String, id: String = "it") { self.init("```nn \(id)\n\(block)\n```\n") }

  func read(
    page: String = "page", settings: ExperimentSettings = .init(), files: DataFiles = Article.files
  ) -> (experiments: [Experiment?], diagnostics: [Diagnostic]) {
    ExperimentParser(settings: settings, files: files).read(blocks, page: page)
  }

  /// Parses and runs all blocks, which must have no errors.
  func run(
    page: String = "page", jobs: Int = 2, cache: Cache? = nil, files: DataFiles = Article.files,
    engineVersion: String = "test"
  ) async -> (results: [ExperimentResult], diagnostics: [Diagnostic]) {
    let (experiments, mistakes) = read(page: page, files: files)
    let runner = ExperimentRunner(
      files: files, cache: cache, jobs: jobs, engineVersion: engineVersion)
    let (results, diagnostics) = await runner.run(experiments.compactMap(\.self))
    return (results.compactMap(\.self), mistakes + diagnostics)
  }

  /// The code spans of the prose that are inline values.
  var inlineValues: [ExtractedText] {
    let text = file.text(0..<file.bytes.count)
    var values: [ExtractedText] = []
    var isBlock = false
    var offset = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isBlock.toggle() }
      let parts = line.split(separator: "`", omittingEmptySubsequences: false)
      var start = offset
      for (index, part) in parts.enumerated() {
        if !isBlock, index % 2 == 1, part.hasPrefix("nn ") {
          values.append(ExtractedText(start..<start + part.utf8.count, of: file))
        }
        start += part.utf8.count + 1
      }
      offset += line.utf8.count + 1
    }
    return values
  }

  func rendered(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { $0.rendered { _ in file } }.joined(separator: "\n")
  }

  /// The data sets included in the repository.
  static let files: DataFiles = {
    var files = DataFiles.folder(Repository.root + "/content")
    files.whereabouts = "`content/`"
    return files
  }()
}

/// A folder that is removed after the test.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() {
    path = "/tmp/sitegen-experiments-\(UInt64.random(in: 0...(.max)))"
    try? FileSystem.makeFolder(path)
  }

  deinit { try? FileSystem.removeTree(path) }

  /// The paths of all files in the folder, sorted.
  func files(_ folder: String = "") -> [String] {
    ((try? FileSystem.list(path + folder)) ?? []).flatMap { entry -> [String] in
      let name = folder + "/" + entry.name
      return entry.kind == .folder ? files(name) : [name]
    }
  }
}
