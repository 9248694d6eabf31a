/// Checks the paths of output files. They are made of text from articles (permalinks, aliases,
/// tags, names), and some names have a meaning to the tools that copy, serve and commit a site.
enum OutputPath {
  /// The longest name that file systems accept.
  private static let longestPart = 255
  /// The longest path; below the site's own folder it stays within the limits of file systems.
  private static let longestPath = 2048
  private static let mostParts = 64

  /// What is wrong with a path from the site's root, as the end of a sentence; `nil` for a good
  /// one.
  static func problem(with path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if path.utf8.count > longestPath { return "a path of more than \(longestPath) bytes" }
    if parts.count > mostParts { return "a path of more than \(mostParts) folders" }
    for part in parts {
      if let problem = problem(withPart: part) { return problem }
    }
    return nil
  }

  /// What is wrong with one part of a path.
  static func problem(withPart part: some StringProtocol) -> String? {
    switch part {
    case "": return "a path with an empty part"
    case ".", "..": return "a path with `\(part)` in it"
    default: break
    }
    if isHidden(part) { return "a hidden path: `\(part.prefix(40))`" }
    if part.utf8.count > longestPart { return "a name of more than \(longestPart) bytes" }
    for scalar in part.unicodeScalars {
      if scalar == "\\" { return "a path with a backslash" }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate:
        return "a path with a control character"
      default: break
      }
    }
    return nil
  }

  private static func isHidden(_ part: some StringProtocol) -> Bool {
    part.utf8.first == UInt8(ascii: ".") && part != ".nojekyll" && part != ".well-known"
  }
}
