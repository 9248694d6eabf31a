import Experiments
import JSON
package import Storage

/// The texts from which inputs are made, read from the repository in a fixed order.
package struct Corpus: Sendable {
  /// Texts by their file name extension.
  private var texts: [String: [[UInt8]]] = [:]
  /// nn blocks, from fences in articles.
  package private(set) var blocks: [[UInt8]] = []
  /// The front matter of articles, without the dashes.
  package private(set) var frontMatters: [[UInt8]] = []
  package private(set) var formulas: [[UInt8]] = []
  /// Whole small sites.
  package private(set) var sites: [FuzzInput] = []
  /// Inputs that once were findings, by target.
  package private(set) var findings: [String: [FuzzInput]] = [:]

  package subscript(ending: String) -> [[UInt8]] { texts[ending] ?? [] }

  /// - Parameters:
  ///   - root: The repository.
  ///   - more: Another folder of files to start from.
  /// - Throws: If there is no such folder.
  package init(root: String, more: String? = nil) throws(FileError) {
    var folders = [root + "/content", root + "/templates", root + "/Tests/Fixtures"]
    if let more { folders.append(more) }
    for folder in folders { try readAll(folder) }
    texts["yml", default: []].append(try FileSystem.read(root + "/sitegen.yml"))
    for markdown in self["md"] {
      blocks += Self.fences("nn", in: markdown)
      formulas += Self.parts(of: markdown, between: "$$")
      if let matter = Self.frontMatter(of: markdown) { frontMatters.append(matter) }
    }
    for list in self["txt"] { formulas += list.split(separator: 10).prefix(60).map(Array.init) }
    for name in ["site-small", "site-invalid"] {
      try readSites(root + "/Tests/Fixtures/" + name, isOne: name == "site-small")
    }
    texts["md"] = self["md"].filter { $0.count < 30_000 }
    if formulas.isEmpty { formulas = [Array("x^2".utf8)] }
    if blocks.isEmpty { blocks = [Array("plot: relu\n".utf8)] }
  }

  private mutating func readAll(_ folder: String) throws(FileError) {
    for path in try Self.files(below: folder) {
      let bytes = try FileSystem.read(path)
      if let (target, input) = FuzzInput.read(bytes) {
        findings[target, default: []].append(input)
        continue
      }
      let ending = path.split(separator: ".").last.map(String.init) ?? ""
      if ending == "json", let suite = JSON(bytes)?["examples"]?.items {
        for example in suite {
          guard let text = example["markdown"]?.string else { continue }
          texts["md", default: []].append(Array(text.utf8))
        }
      } else {
        texts[ending, default: []].append(bytes)
      }
    }
  }

  /// The sorted paths of all files.
  private static func files(below folder: String) throws(FileError) -> [String] {
    var paths: [String] = []
    for entry in try FileSystem.list(folder).sorted(by: { $0.name < $1.name }) {
      let path = folder + "/" + entry.name
      switch entry.kind {
      case .file: paths.append(path)
      case .folder: paths += try files(below: path)
      default: break
      }
    }
    return paths
  }

  private mutating func readSites(_ folder: String, isOne: Bool) throws(FileError) {
    var roots = [folder]
    if !isOne {
      roots = try FileSystem.list(folder).filter { $0.kind == .folder }.map {
        folder + "/" + $0.name
      }
      .sorted()
    }
    for root in roots {
      var files: [FuzzInput.File] = []
      for path in try Self.files(below: root) {
        files.append(.init(String(path.dropFirst(root.count + 1)), try FileSystem.read(path)))
      }
      sites.append(FuzzInput(files))
    }
  }

  // MARK: Parts of articles

  private static func fences(_ name: String, in markdown: [UInt8]) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var open: [UInt8]?
    for line in markdown.split(separator: 10, omittingEmptySubsequences: false) {
      if let body = open {
        if line.starts(with: "```".utf8) {
          found.append(body)
          open = nil
        } else {
          open = body + line + [10]
        }
      } else if line.starts(with: "```\(name)".utf8) {
        open = []
      }
    }
    return found
  }

  private static func parts(of markdown: [UInt8], between mark: String) -> [[UInt8]] {
    let parts = String(decoding: markdown, as: UTF8.self).components(separatedBy: mark)
    return parts.enumerated().filter { $0.offset % 2 == 1 && $0.element.utf8.count < 400 }
      .map { Array($0.element.utf8) }
  }

  private static func frontMatter(of markdown: [UInt8]) -> [UInt8]? {
    guard markdown.starts(with: "---\n".utf8) else { return nil }
    let lines = markdown.split(separator: 10, omittingEmptySubsequences: false).dropFirst()
    let head = lines.prefix { !$0.starts(with: "---".utf8) }
    return head.count < 40 ? Array(head.joined(separator: [10])) + [10] : nil
  }
}

extension String {
  fileprivate func components(separatedBy mark: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let range = rest.firstRange(of: mark) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return parts + [rest]
  }
}
