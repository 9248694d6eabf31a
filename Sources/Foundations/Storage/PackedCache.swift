import Synchronization

/// A cache of many small results in one file, for results that are cheaper to read together than
/// one by one.
///
/// The file is a list of records to which new ones are appended. Each record carries a checksum; a
/// torn or damaged one and those after it count as absent, and the next results replace them.
/// Several builds may share one file at the same time. Like ``Cache``, it is an optimization and
/// never a source of errors. A file that consists mostly of results that this process did not ask
/// for is rewritten without them.
package final class PackedCache: Sendable {
  private struct State {
    var isLoaded = false
    /// The file as read, followed by the records added since.
    var bytes: [UInt8] = []
    /// The range of each result in `bytes`.
    var places: [Digest: Range<Int>] = [:]
    var used: Set<Digest> = []
    var usedBytes = 0
    /// Whether the file ends with a complete record, so that more can be appended.
    var isWhole = true
  }

  /// The file; `nil` keeps results for this process only.
  package let path: String?
  private let state = Mutex(State())

  /// - Parameter path: The file, created when the first results are added.
  package init(path: String?) { self.path = path }

  /// The results for `keys`, in the same order; `nil` for those that are absent.
  package func read(_ keys: [Digest]) -> [[UInt8]?] {
    state.withLock { state in
      load(&state)
      return keys.map { key in
        guard let place = state.places[key] else { return nil }
        if state.used.insert(key).inserted { state.usedBytes += place.count }
        return Array(state.bytes[place])
      }
    }
  }

  /// Adds results and writes them to the file immediately.
  package func add(_ results: [(key: Digest, payload: [UInt8])]) {
    guard !results.isEmpty else { return }
    state.withLock { state in
      load(&state)
      let start = state.bytes.count
      for (key, payload) in results where state.places[key] == nil {
        state.places[key] = Self.append(key, payload, to: &state.bytes)
        state.used.insert(key)
        state.usedBytes += payload.count
      }
      guard let path else { return }
      if !state.isWhole || state.bytes.count > 4 * state.usedBytes + Self.slack {
        keepUsed(&state, all: state.bytes.count <= 4 * state.usedBytes + Self.slack)
        try? FileSystem.write(state.bytes, to: path)
      } else if start == Self.magic.count, FileSystem.stamp(path) == nil {
        try? FileSystem.write(state.bytes, to: path)
      } else {
        try? FileSystem.append(Array(state.bytes[start...]), to: path)
      }
    }
  }

  // MARK: File format: a magic number, then records of key, payload length, payload checksum,
  // payload

  private static let magic = Array("sitegen1".utf8)
  private static let headerCount = 32 + 4 + 8
  /// The file size below which records that are no longer used are kept.
  private static let slack = 4 << 20

  private static func append(
    _ key: Digest, _ payload: [UInt8], to bytes: inout [UInt8]
  ) -> Range<Int> {
    bytes.append(contentsOf: key.bytes)
    appendInteger(UInt32(payload.count), to: &bytes)
    appendInteger(checksum(payload[...]), to: &bytes)
    bytes.append(contentsOf: payload)
    return bytes.count - payload.count..<bytes.count
  }

  private func load(_ state: inout State) {
    guard !state.isLoaded else { return }
    state.isLoaded = true
    guard let path, let bytes = try? FileSystemPath(path).read(), bytes.starts(with: Self.magic)
    else {
      state.bytes = Self.magic
      state.isWhole = path.map { FileSystem.stamp($0) == nil } ?? true
      return
    }
    var offset = Self.magic.count
    while bytes.count - offset >= Self.headerCount {
      let start = offset + Self.headerCount
      let count = Int(Self.integer(bytes, offset + 32, UInt32.self))
      guard count <= bytes.count - start else { break }
      let payload = start..<start + count
      guard Self.checksum(bytes[payload]) == Self.integer(bytes, offset + 36, UInt64.self) else {
        break
      }
      state.places[Digest(bytes: Array(bytes[offset..<offset + 32]))] = payload
      offset = payload.upperBound
    }
    state.isWhole = offset == bytes.count
    state.bytes = state.isWhole ? bytes : Array(bytes[..<offset])
  }

  private func keepUsed(_ state: inout State, all: Bool) {
    var bytes = Self.magic
    var places: [Digest: Range<Int>] = [:]
    for (key, place) in state.places.sorted(by: { $0.value.lowerBound < $1.value.lowerBound })
    where all || state.used.contains(key) {
      places[key] = Self.append(key, Array(state.bytes[place]), to: &bytes)
    }
    state.bytes = bytes
    state.places = places
    state.isWhole = true
  }

  private static func appendInteger(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  private static func integer<I: FixedWidthInteger>(
    _ bytes: [UInt8], _ offset: Int, _: I.Type
  ) -> I {
    var value: I = 0
    for index in (0..<I.bitWidth / 8).reversed() { value = value << 8 | I(bytes[offset + index]) }
    return value
  }

  /// A checksum against accidents, not against an attacker: one multiplication for every eight
  /// bytes.
  private static func checksum(_ payload: ArraySlice<UInt8>) -> UInt64 {
    let prime: UInt64 = 0x9E37_79B9_7F4A_7C15
    return unsafe payload.withUnsafeBytes { buffer in
      var hash = UInt64(buffer.count) &* prime
      var offset = 0
      while offset + 8 <= buffer.count {
        let word = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        hash = (hash ^ UInt64(littleEndian: word)) &* prime
        hash ^= hash >> 29
        offset += 8
      }
      while offset < buffer.count {
        hash = unsafe (hash ^ UInt64(buffer[offset])) &* prime
        hash ^= hash >> 29
        offset += 1
      }
      return hash
    }
  }
}
