import Foundation

/// The location of the repository's files for tests, independent of the working directory.
package enum Repository {
  /// The checkout's root, without a trailing slash.
  package static let root: String = {
    var url = URL(filePath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    let path = url.path
    return path.hasSuffix("/") ? String(path.dropLast()) : path
  }()

  /// A replaceable folder of test data: the one named by `variable`, otherwise `../shared/…` beside
  /// the checkout, otherwise the copy in `Tests/Fixtures`.
  ///
  /// - Parameters:
  ///   - variable: An environment variable such as `SITEGEN_REFERENCE`.
  ///   - name: The folder's name in `../shared` and in `Tests/Fixtures`.
  package static func data(_ variable: String, _ name: String) -> String {
    if let folder = ProcessInfo.processInfo.environment[variable], !folder.isEmpty { return folder }
    let shared = root + "/../shared/" + name
    return FileManager.default.fileExists(atPath: shared)
      ? shared : root + "/Tests/Fixtures/" + name
  }
}
