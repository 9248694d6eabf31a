/// A kind of site that can be made of any size.
struct GrowthInput: Sendable {
  var name: String
  /// The size to begin with.
  var start = 1000
  /// The largest size that means anything: a name cannot be longer than a disc allows.
  var most = Int.max
  var files: @Sendable (_ count: Int) -> [String: [UInt8]]

  /// A site whose time is what every build takes.
  static let smallest: [String: [UInt8]] = ["content/index.md": Array("# a\n\nb\n".utf8)]

  static var all: [GrowthInput] {
    words + openings + references + tables + blocks + numbers + frontMatter + sites + mistakes
  }

  // MARK: Ways to make one

  /// One article.
  static func page(
    _ name: String, start: Int = 1000, _ text: @escaping @Sendable (_ count: Int) -> String
  ) -> GrowthInput {
    GrowthInput(name: name, start: start) { ["content/index.md": Array(text($0).utf8)] }
  }

  /// One article of the same piece again and again.
  static func many(_ name: String, start: Int = 4000, _ piece: String) -> GrowthInput {
    page(name, start: start) { String(repeating: piece, count: $0) }
  }

  /// One article of numbered pieces.
  static func numbered(
    _ name: String, start: Int = 1000, _ piece: @escaping @Sendable (_ index: Int) -> String
  ) -> GrowthInput {
    page(name, start: start) { (0..<$0).map(piece).joined() }
  }

  /// Many small articles.
  static func articles(
    _ name: String, start: Int = 250, most: Int = .max,
    _ article: @escaping @Sendable (_ index: Int) -> (path: String, text: String)
  ) -> GrowthInput {
    GrowthInput(name: name, start: start, most: most) { count in
      var files: [String: [UInt8]] = [:]
      for index in 0..<count {
        let (path, text) = article(index)
        files["content/" + path] = Array(text.utf8)
      }
      return files
    }
  }

  /// A block of the language `nn`.
  static func block(_ lines: String, id: String = "") -> String {
    "```nn \(id)\n\(lines)\n```\n\n"
  }
}
