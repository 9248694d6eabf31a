/// A kind of site that can be generated in any size.
struct GrowthInput: Sendable {
  var name: String
  /// The first size.
  var start = 1000
  /// The maximum meaningful size: a file system limits the length of a path.
  var most = Int.max
  var files: @Sendable (_ count: Int) -> [String: [UInt8]]

  /// A site whose build time is the constant part of every build.
  static let smallest: [String: [UInt8]] = ["content/index.md": Array("# a\n\nb\n".utf8)]

  static var all: [GrowthInput] {
    words + openings + references + tables + blocks + numbers + frontMatter + sites + mistakes
  }

  // MARK: Ways to make one

  /// A site of one article.
  static func page(
    _ name: String, start: Int = 1000, _ text: @escaping @Sendable (_ count: Int) -> String
  ) -> GrowthInput {
    GrowthInput(name: name, start: start) { ["content/index.md": Array(text($0).utf8)] }
  }

  /// A site of one article that repeats one piece.
  static func many(_ name: String, start: Int = 4000, _ piece: String) -> GrowthInput {
    page(name, start: start) { String(repeating: piece, count: $0) }
  }

  /// A site of one article of numbered pieces.
  static func numbered(
    _ name: String, start: Int = 1000, _ piece: @escaping @Sendable (_ index: Int) -> String
  ) -> GrowthInput {
    page(name, start: start) { (0..<$0).map(piece).joined() }
  }

  /// A site of many small articles.
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

  /// An `nn` block.
  static func block(_ lines: String, id: String = "") -> String {
    "```nn \(id)\n\(lines)\n```\n\n"
  }
}
