/// A JSON value (RFC 8259) whose members keep their order, so that equal values are equal bytes.
///
/// Numbers are written in the shortest form that reads back exactly. Values that JSON lacks are
/// written so that ``init(_:)`` reads them back: NaN as `null`, infinities as `1e999` and `-1e999`.
package indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  /// An array of numbers only, at eight bytes a number; most results are such arrays.
  case numbers([Double])
  case array([JSON])
  case object([Member])

  /// A name-value pair of an object.
  package struct Member: Hashable, Sendable {
    /// The name, unescaped.
    package var name: String
    /// The value of that name.
    package var value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// An object with its members in the order given.
  package static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .object(members.map { Member($0.key, $0.value) })
  }

  /// An array of strings.
  package static func strings(_ values: some Sequence<String>) -> JSON {
    .array(values.map { .string($0) })
  }

  /// The value of an object's first member with a name; `nil` if there is none.
  package subscript(name: String) -> JSON? {
    if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
  }

  /// The text of a string; `nil` for other values.
  package var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The value of `true` and `false`; `nil` for other values.
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// A number, with NaN for `null`; `nil` for other values.
  package var number: Double? {
    switch self {
    case .number(let value): value
    case .null: .nan
    default: nil
    }
  }

  /// A number without a fraction that an `Int` can hold; `nil` for other values.
  package var integer: Int? { number.flatMap { Int(exactly: $0) } }

  /// The items of an array, numbers or not; `nil` for other values.
  package var items: [JSON]? {
    switch self {
    case .array(let items): items
    case .numbers(let values): values.map { .number($0) }
    default: nil
    }
  }

  /// The items of an array of numbers, with NaN for `null`; `nil` for other values.
  package var numbers: [Double]? {
    switch self {
    case .numbers(let values): return values
    case .array(let items):
      var values: [Double] = []
      for item in items {
        guard let value = item.number else { return nil }
        values.append(value)
      }
      return values
    default: return nil
    }
  }

  /// The members of an object in order; `nil` for other values.
  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
}
