import Diagnostics
import Markdown
import Storage

/// The files that code blocks include. Each is read once per build, and the total size that one
/// article includes is limited, however often it names a file.
struct IncludedFiles: Sendable {
  private var files: [String: Result<IncludedFile, FileError>] = [:]
  /// The includes that exceed the limit, by the article's path.
  private var refused: [String: Set<FileInclude>] = [:]

  /// The maximum number of bytes that the blocks of one article may show.
  private static let most = 16 << 20

  init(of articles: [Article], in sources: SourceTree) {
    for article in articles {
      var total = 0
      for include in article.document.includes {
        let file =
          files[include.path]
          ?? Result { () throws(FileError) in IncludedFile(try sources.read(include.path)) }
        files[include.path] = file
        guard case .success(let file) = file else { continue }
        total += file.range(of: include).count
        if total > Self.most { refused[article.file.path, default: []].insert(include) }
      }
    }
  }

  /// The lines that a block of an article shows, each ended by a newline.
  func lines(of include: FileInclude, in article: Article) throws(FileError) -> [UInt8] {
    guard !(refused[article.file.path]?.contains(include) ?? false) else {
      throw .other(
        path: include.path,
        reason: "the files that this article shows have more than \(Self.most >> 20) MB together")
    }
    guard let file = files[include.path] else { throw .notFound(path: include.path) }
    return include.select(from: try file.get())
  }
}
