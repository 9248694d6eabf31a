import Diagnostics
import Foundation
import Site
import Storage
import TestSupport

/// A site below `Tests/Fixtures`, held in memory.
struct Fixture {
  let name: String
  let files: [String: [UInt8]]

  init(_ name: String) throws(FileError) {
    self.name = name
    let folder = Repository.root + "/Tests/Fixtures/" + name
    var files: [String: [UInt8]] = [:]
    func walk(_ path: String) throws(FileError) {
      for entry in try FileSystem.list(folder + (path.isEmpty ? "" : "/" + path)) {
        let below = path.isEmpty ? entry.name : path + "/" + entry.name
        if entry.kind == .folder {
          try walk(below)
        } else {
          files[below] = try FileSystem.read(folder + "/" + below)
        }
      }
    }
    try walk("")
    self.files = files
  }

  var sources: SourceTree { SourceTree(files) }

  /// The diagnostics as a terminal shows them.
  func text(of diagnostics: [Diagnostic]) -> String {
    diagnostics.map { $0.rendered { sources.sourceFile($0) } }.joined()
  }
}

/// The bytes of a built site's files, including copied files.
func bytes(of site: SiteBuild, from sources: SourceTree) throws(FileError) -> [String: [UInt8]] {
  var files: [String: [UInt8]] = [:]
  for path in site.output.paths {
    switch site.output[path]! {
    case .bytes(let bytes): files[path] = bytes
    case .copy(let source): files[path] = try sources.read(source)
    }
  }
  return files
}

/// A temporary folder, which is removed after the test.
final class TemporaryFolder {
  let path: String

  init() throws(FileError) {
    let parent = FileSystem.resolved(NSTemporaryDirectory()) ?? "/tmp"
    path = parent + "/sitegen-\(UInt64.random(in: 0...(.max)))"
    try FileSystem.makeFolder(path)
  }

  deinit { try? FileSystem.removeTree(path) }

  func write(_ text: String, to name: String) throws(FileError) {
    try FileSystem.write(Array(text.utf8), to: path + "/" + name)
  }

  func read(_ name: String) throws(FileError) -> String {
    String(decoding: try FileSystem.read(path + "/" + name), as: UTF8.self)
  }
}
