/// A message from a build process to the preview that started it, sent on standard output:
/// progress, a mistake, a file of the site, or the end of the build.
///
/// It is encoded as one byte for its kind, one byte for the number of its parts, the length of each
/// part as a little-endian 32-bit integer, and the parts.
enum BuildMessage: Hashable, Sendable {
  case progress(step: String, fraction: Double, detail: String)
  case mistake(PreviewBuild.Mistake)
  case file(path: String, bytes: [UInt8])
  /// A file that is copied unchanged from the sources.
  case copy(path: String, source: String)
  /// The build is complete; what the process does afterwards does not matter.
  case done

  private enum Kind: UInt8 { case progress = 1, mistake, file, copy, done }

  /// Appends the message's bytes.
  func write(to bytes: inout [UInt8]) {
    switch self {
    case .progress(let step, let fraction, let detail):
      Self.write(
        .progress, [Array(step.utf8), Array("\(fraction)".utf8), Array(detail.utf8)], to: &bytes)
    case .mistake(let mistake):
      Self.write(
        .mistake,
        [
          [mistake.isError ? 1 : 0], Array(mistake.text.utf8), Array(mistake.terminalText.utf8),
        ], to: &bytes)
    case .file(let path, let content):
      Self.write(.file, [Array(path.utf8), content], to: &bytes)
    case .copy(let path, let source):
      Self.write(.copy, [Array(path.utf8), Array(source.utf8)], to: &bytes)
    case .done: Self.write(.done, [], to: &bytes)
    }
  }

  private static func write(_ kind: Kind, _ parts: [[UInt8]], to bytes: inout [UInt8]) {
    bytes.append(kind.rawValue)
    bytes.append(UInt8(parts.count))
    for part in parts {
      let count = UInt32(part.count)
      for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
    for part in parts { bytes += part }
  }

  /// Returns `nil` for an unknown kind or parts that do not fit the kind.
  fileprivate init?(kind: UInt8, parts: [ArraySlice<UInt8>]) {
    func text(_ index: Int) -> String { String(decoding: parts[index], as: UTF8.self) }
    switch (Kind(rawValue: kind), parts.count) {
    case (.progress, 3):
      guard let fraction = Double(text(1)) else { return nil }
      self = .progress(step: text(0), fraction: fraction, detail: text(2))
    case (.mistake, 3):
      self = .mistake(
        .init(isError: parts[0].first != 0, text: text(1), terminalText: text(2)))
    case (.file, 2): self = .file(path: text(0), bytes: Array(parts[1]))
    case (.copy, 2): self = .copy(path: text(0), source: text(1))
    case (.done, 0): self = .done
    default: return nil
    }
  }
}

/// Decodes messages from bytes that arrive in pieces of any size.
struct BuildMessageReader: Sendable {
  /// Bytes that are not messages.
  struct Malformed: Error, Hashable {}

  /// The maximum length of a part; no file of a site is longer.
  private static let longest = 1 << 30

  private var bytes: [UInt8] = []
  private var start = 0

  mutating func append(_ received: some Collection<UInt8>) {
    if start > 0 {
      bytes.removeFirst(start)
      start = 0
    }
    bytes.append(contentsOf: received)
  }

  /// The next message; `nil` until more is received.
  mutating func next() throws(Malformed) -> BuildMessage? {
    guard bytes.count >= start + 2 else { return nil }
    let count = Int(bytes[start + 1])
    guard count <= 3 else { throw Malformed() }
    var place = start + 2 + 4 * count
    guard bytes.count >= place else { return nil }
    var ranges: [Range<Int>] = []
    for part in 0..<count {
      let length = (0..<4).reduce(0) { $0 | Int(bytes[start + 2 + 4 * part + $1]) << (8 * $1) }
      guard length <= Self.longest else { throw Malformed() }
      ranges.append(place..<place + length)
      place += length
    }
    guard bytes.count >= place else { return nil }
    let message = BuildMessage(kind: bytes[start], parts: ranges.map { bytes[$0] })
    guard let message else { throw Malformed() }
    start = place
    return message
  }
}
