import Storage
import TestSupport
import Testing

/// Modules that use fractional numbers reject `Int(x)` at compile time, by a file of their own that
/// is the same in each.
@Suite struct UncheckedConversionTests {
  @Test func everyRoomThatComputesRefusesConversionsThatTrap() throws {
    let sources = Repository.root + "/Sources"
    let groups = ["Documents", "Engine", "Foundations"]
    let rooms = try ([""] + groups.map { $0 + "/" }).flatMap { group in
      try FileSystem.list(sources + "/" + group).filter { $0.kind == .folder }
        .map { group + $0.name }.filter { !groups.contains($0) }
    }
    #expect(rooms.contains("Engine/Tensors") && rooms.contains("Site"))
    var copies: Set<[UInt8]> = []
    for room in rooms {
      let name = "\(sources)/\(room)/UncheckedConversions.swift"
      if let copy = try? FileSystem.read(name) {
        copies.insert(copy)
      } else {
        #expect(try !computes(in: sources + "/" + room), "\(room) lacks \(name)")
      }
    }
    #expect(copies.count == 1)
  }

  private func computes(in folder: String) throws -> Bool {
    for entry in try FileSystem.list(folder) {
      let path = folder + "/" + entry.name
      if entry.kind == .folder {
        if try computes(in: path) { return true }
      } else if entry.name.hasSuffix(".swift") {
        let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
        if text.contains(/\b(Double|Float)\b/) { return true }
      }
    }
    return false
  }
}
