import Diagnostics
import Markdown
import Storage

/// Decides which files of untrusted authors are published: those that a browser only shows and
/// never runs.
///
/// A page that an author wrote as `.html`, or a picture with a script in it, would run with the
/// rights of the whole site, regardless of how Markdown is handled.
enum InertFile {
  /// Why a file is left out.
  enum Refusal: Hashable {
    /// Browsers or servers run files with this extension.
    case ending(String)
    /// The extension is unknown, and the content looks like a page.
    case markup
    /// An SVG picture with content that could run a script or load from another host, and its
    /// place.
    case picture(SVGPicture.Mistake)
  }

  /// The reason not to publish a file; its bytes are read only if its name does not decide.
  static func refusal(
    of path: String, reading bytes: () throws(FileError) -> [UInt8]
  ) throws(FileError) -> Refusal? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let endings = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
      .dropFirst().map(String.init)
    // Servers look at every extension: `a.html.gz`, `a.php.txt`.
    if let active = endings.first(where: active.contains) { return .ending(active) }
    guard let last = endings.last else { return Self.isMarkup(try bytes()) ? .markup : nil }
    if last == "svg" { return SVGPicture.mistake(in: try bytes()).map(Refusal.picture) }
    if inert.contains(last) { return nil }
    return Self.isMarkup(try bytes()) ? .markup : nil
  }

  /// Extensions of files that browsers run as pages or scripts, and of files that servers run.
  private static let active: Set<String> = [
    "html", "htm", "xhtml", "xht", "xhtm", "shtml", "shtm", "stm", "xml", "xsl", "xslt", "xbl",
    "rdf", "rss", "atom", "mml", "mathml", "svgz", "mht", "mhtml", "hta", "htc", "htx", "swf",
    "js", "mjs", "cjs", "jsm", "wasm", "appcache", "webmanifest", "manifest", "php", "php3",
    "php4", "php5", "php7", "php8", "phtml", "phar", "asp", "aspx", "ashx", "jsp", "jspx", "cfm",
    "cgi", "fcgi", "htaccess",
  ]

  /// Extensions with a media type that browsers show or save, regardless of the content.
  private static let inert: Set<String> = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "ico", "tif", "tiff", "csv", "tsv", "txt",
    "md", "markdown", "json", "pdf", "zip", "gz", "npy", "npz", "safetensors", "woff", "woff2",
    "ttf", "otf", "mp3", "ogg", "wav", "m4a", "mp4", "webm", "ogv", "mov", "css",
  ]

  /// Whether a browser that is given no media type could treat the bytes as a page: they start with
  /// a tag.
  ///
  /// - Source: *MIME Sniffing Standard*, §7.1.
  private static func isMarkup(_ bytes: [UInt8]) -> Bool {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    // UTF-16 is not decoded, and so is refused.
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { return true }
    return bytes[start...].first { $0 > 32 } == UInt8(ascii: "<")
  }
}

extension Diagnostic {
  /// A file that is not published.
  static func activeFile(_ refusal: InertFile.Refusal, path: String) -> Diagnostic {
    switch refusal {
    case .ending(let ending):
      Diagnostic(
        "site.active-file", .warning, path: path,
        message: "where HTML is escaped, files ending in `.\(ending)` are not published",
        hint: "write an article instead, or put it below templates/assets/ if it is the site's own")
    case .markup:
      Diagnostic(
        "site.active-file", .warning, path: path,
        message: "this looks like a page and is not published where HTML is escaped",
        hint: "write an article instead, or give it an ending such as `.txt`")
    case .picture(let mistake):
      Diagnostic(
        "site.active-picture", .warning, path: path, range: mistake.range,
        message: "where HTML is escaped, pictures with \(mistake.reason) are not published",
        hint: "remove it, or export the picture as PNG")
    }
  }
}
