/// The input of a target: named files in memory.
///
/// It is stored as one file: a line `sitegen-fuzz TARGET`, then for each file a line with its path,
/// a space and its number of bytes, the bytes, and a line feed. In paths, `%` and bytes other than
/// visible ASCII characters are written as `%XX`, so that no path can break the format.
package struct FuzzInput: Hashable, Sendable {
  package struct File: Hashable, Sendable {
    package var path: String
    package var bytes: [UInt8]

    package init(_ path: String, _ bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }

    package init(_ path: String, _ text: String) { self.init(path, Array(text.utf8)) }
  }

  package var files: [File]

  package init(_ files: [File]) { self.files = files }

  /// An input of one file without a name of its own.
  package init(_ bytes: [UInt8]) { files = [File("input", bytes)] }

  /// The bytes of the first file.
  package var bytes: [UInt8] { files.first?.bytes ?? [] }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package var byteCount: Int { files.reduce(0) { $0 + $1.bytes.count } }

  package subscript(path: String) -> [UInt8]? {
    get { files.first { $0.path == path }?.bytes }
    set {
      let index = files.firstIndex { $0.path == path }
      switch (index, newValue) {
      case (let index?, let bytes?): files[index].bytes = bytes
      case (let index?, nil): files.remove(at: index)
      case (nil, let bytes?): files.append(File(path, bytes))
      case (nil, nil): break
      }
    }
  }

  /// The files by path; of several with the same path, the first.
  package var tree: [String: [UInt8]] {
    Dictionary(files.map { ($0.path, $0.bytes) }) { first, _ in first }
  }
}

extension FuzzInput {
  private static let mark = "sitegen-fuzz "

  /// The input as one file that also names its target.
  package func kept(for target: String) -> [UInt8] {
    var kept = Array((Self.mark + target + "\n").utf8)
    for file in files {
      kept += Array("\(Self.escaped(file.path)) \(file.bytes.count)\n".utf8)
      kept += file.bytes
      kept.append(UInt8(ascii: "\n"))
    }
    return kept
  }

  /// Parses the result of ``kept(for:)``; `nil` for anything else.
  package static func read(_ kept: [UInt8]) -> (target: String, input: FuzzInput)? {
    var rest = kept[...]
    func line() -> String? {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      defer { rest = rest[(end + 1)...] }
      return String(decoding: rest[..<end], as: UTF8.self)
    }
    guard let first = line(), first.hasPrefix(mark) else { return nil }
    var files: [File] = []
    while !rest.isEmpty {
      guard let head = line(), let blank = head.lastIndex(of: " "),
        let path = unescaped(head[..<blank]), let count = Int(head[head.index(after: blank)...]),
        count >= 0, count < rest.count
      else { return nil }
      files.append(File(path, Array(rest.prefix(count))))
      rest = rest.dropFirst(count + 1)
    }
    return (String(first.dropFirst(mark.count)), FuzzInput(files))
  }

  private static func escaped(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      if byte > 32, byte < 127, byte != UInt8(ascii: "%") {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }

  private static func unescaped(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
