import Foundation
import TestSupport

/// A value of a reference file. Every accessor traps on a file whose form differs from its `about`:
/// that is a mistake in the file, and the test names it.
struct Reference: Sendable {
  /// `JSONDecoder` reads a number to its nearest Double; `JSONSerialization` does not.
  enum Value: Decodable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let list = try? container.decode([Value].self) {
        self = .list(list)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }
  }

  let value: Value
  let path: String

  /// A whole file of the folder that `SITEGEN_REFERENCE` names.
  static func file(_ name: String) throws -> Reference {
    let folder = Repository.data("SITEGEN_REFERENCE", "reference")
    let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name).json"))
    return Reference(value: try JSONDecoder().decode(Value.self, from: data), path: name)
  }

  private var object: [String: Value] {
    if case .object(let object) = value { return object }
    return [:]
  }

  subscript(key: String) -> Reference {
    guard let value = object[key] else { preconditionFailure("\(path) has no \(key)") }
    return Reference(value: value, path: "\(path).\(key)")
  }

  func optional(_ key: String) -> Reference? {
    guard let value = object[key] else { return nil }
    if case .null = value { return nil }
    return Reference(value: value, path: "\(path).\(key)")
  }

  var keys: [String] { object.keys.sorted() }

  var list: [Reference] {
    guard case .list(let list) = value else { preconditionFailure("\(path) is no list") }
    return list.enumerated().map { Reference(value: $1, path: "\(path)[\($0)]") }
  }

  var text: String {
    guard case .text(let text) = value else { preconditionFailure("\(path) is no text") }
    return text
  }

  var number: Double {
    switch value {
    case .number(let number): return number
    case .flag(let flag): return flag ? 1 : 0
    default: preconditionFailure("\(path) is no number")
    }
  }

  var integer: Int { Int(number) }
  var flag: Bool { number != 0 }

  /// A list of numbers, or a tensor's, row-major.
  var numbers: [Double] {
    if let data = optional("data") { return data.numbers }
    if isNumber { return [number] }
    return list.map(\.number)
  }

  var integers: [Int] { numbers.map { Int($0) } }
  var shape: [Int] { optional("shape").map(\.integers) ?? [list.count] }
  var isNumber: Bool {
    switch value {
    case .number, .flag: true
    default: false
    }
  }
}

/// The largest excess of |found - expected| over `absolute + relative·|expected|`, and where it is.
func excess(
  _ found: [Double], _ expected: [Double], relative: Double = 1e-12, absolute: Double = 1e-14
) -> String? {
  guard found.count == expected.count else {
    return "\(found.count) numbers instead of \(expected.count)"
  }
  for (index, (a, b)) in zip(found, expected).enumerated() {
    // Exactly equal covers infinities.
    if a == b || (a.isNaN && b.isNaN) { continue }
    if !(abs(a - b) <= absolute + relative * abs(b)) {
      return "at \(index): \(a) instead of \(b), \(abs(a - b)) apart"
    }
  }
  return nil
}
