import Foundation
import Storage
package import Testing

/// Compares bytes with the golden file of that name in `Tests/Fixtures`, exactly.
///
/// `SITEGEN_SNAPSHOTS=all` rewrites the goldens instead; review the difference before committing
/// it. If `CI` is set, nothing is rewritten.
package func expectGolden(
  _ bytes: [UInt8], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let path = Repository.root + "/Tests/Fixtures/" + name
  let environment = ProcessInfo.processInfo.environment
  if environment["SITEGEN_SNAPSHOTS"] == "all", environment["CI"] == nil {
    try FileSystem.write(bytes, to: path)
    return
  }
  guard let golden = try? FileSystem.read(path) else {
    Issue.record(
      "no golden \(name): run with SITEGEN_SNAPSHOTS=all", sourceLocation: sourceLocation)
    return
  }
  guard golden != bytes else { return }
  let old = String(decoding: golden, as: UTF8.self).split(
    separator: "\n", omittingEmptySubsequences: false)
  let new = String(decoding: bytes, as: UTF8.self).split(
    separator: "\n", omittingEmptySubsequences: false)
  let line = zip(old, new).prefix { $0 == $1 }.count
  Issue.record(
    """
    \(name) differs at line \(line + 1):
    golden: \(line < old.count ? old[line] : "(ends)")
    now:    \(line < new.count ? new[line] : "(ends)")
    """, sourceLocation: sourceLocation)
}

package func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectGolden(Array(text.utf8), name, sourceLocation: sourceLocation)
}
