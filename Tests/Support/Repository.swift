import Foundation

/// Where the tests find the repository's files, whatever folder they run in.
package enum Repository {
  /// The checkout's root, without a slash at its end.
  package static let root: String = {
    var url = URL(filePath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    let path = url.path
    return path.hasSuffix("/") ? String(path.dropLast()) : path
  }()

  /// A folder of test data that others may replace: the one that `variable` names, else `../shared/…`
  /// beside the checkout, else the copy in `Tests/Fixtures`.
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
