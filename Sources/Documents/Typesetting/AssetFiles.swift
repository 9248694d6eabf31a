import Storage
import Synchronization

/// The files of KaTeX and highlight.js, each loaded on first use.
final class AssetFiles: Sendable {
  enum Script: Hashable {
    case katex, mhchem, highlight
  }

  private struct Loaded {
    var texts: [Script: String] = [:]
    var digests: [Script: String] = [:]
    var styleSheet: FormulaStyleSheet?
  }

  private let settings: Typesetter.Settings
  private let loaded = Mutex(Loaded())

  init(_ settings: Typesetter.Settings) { self.settings = settings }

  func path(of script: Script) -> String {
    switch script {
    case .katex: settings.katexFolder + "/katex.js"
    case .mhchem: settings.katexFolder + "/contrib/mhchem.js"
    case .highlight: settings.highlightScript
    }
  }

  func text(of script: Script) throws(TypesettingError) -> String {
    let path = path(of: script)
    let package = script == .highlight ? "libjs-highlight.js" : "libjs-katex"
    return try loaded.withLock { loaded throws(TypesettingError) in
      if let text = loaded.texts[script] { return text }
      let bytes = try Self.read(path, package: package)
      let text = String(decoding: bytes, as: UTF8.self)
      loaded.texts[script] = text
      loaded.digests[script] = Digest(of: bytes).description
      return text
    }
  }

  /// The digest of a script, which distinguishes its versions.
  func digest(of script: Script) throws(TypesettingError) -> String {
    _ = try text(of: script)
    return loaded.withLock { $0.digests[script]! }
  }

  func styleSheet() throws(TypesettingError) -> FormulaStyleSheet {
    let path = settings.katexFolder + "/katex.min.css"
    return try loaded.withLock { loaded throws(TypesettingError) in
      if let sheet = loaded.styleSheet { return sheet }
      let bytes = try Self.read(path, package: "libjs-katex")
      let sheet = FormulaStyleSheet(String(decoding: bytes, as: UTF8.self))
      guard !sheet.fonts.isEmpty else {
        throw .brokenAsset(path: path, reason: "it names no fonts")
      }
      loaded.styleSheet = sheet
      return sheet
    }
  }

  /// The contents of a font file, by its path relative to the style sheet.
  func font(_ path: String) throws(TypesettingError) -> [UInt8] {
    try Self.read("\(settings.katexFolder)/\(path)", package: "fonts-katex")
  }

  private static func read(
    _ path: String, package: String
  ) throws(TypesettingError) -> [UInt8] {
    do { return try FileSystem.read(path) } catch { throw .missingAsset(error, package: package) }
  }

  /// The names of commands in KaTeX's source, where they are written as `"\\name"`. Those in lower
  /// case come first, since they are more likely to be meant.
  static func commands(inKaTeX script: String) -> [String] {
    let bytes = Array(script.utf8)
    var names: Set<String> = []
    var offset = 0
    while offset + 3 < bytes.count {
      guard bytes[offset] == UInt8(ascii: "\""), bytes[offset + 1] == UInt8(ascii: "\\"),
        bytes[offset + 2] == UInt8(ascii: "\\")
      else {
        offset += 1
        continue
      }
      let name = bytes[(offset + 3)...].prefix {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
      }
      let end = name.endIndex
      if name.count > 1, end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
        names.insert(String(decoding: name, as: UTF8.self))
      }
      offset = end
    }
    let sorted = names.sorted()
    let small = sorted.filter { $0 == $0.lowercased() }
    return small + sorted.filter { $0 != $0.lowercased() }
  }
}
