// `Int(x)` of a floating-point x ends the process where x is NaN, infinite or too large. Every room
// that computes with such numbers has this file: here that conversion is a warning, which the
// build refuses. Write `Int(clamped: x)`, or `Int(exactly: x)` where another number is a mistake.
// The rooms have links to the one file, since only a declaration of a module's own hides the library's.

extension Int {
  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init<Source: BinaryFloatingPoint>(_ value: Source) {
    self = Self(exactly: value.rounded(.towardZero)) ?? 0
  }
}

extension UInt8 {
  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init<Source: BinaryFloatingPoint>(_ value: Source) {
    self = Self(exactly: value.rounded(.towardZero)) ?? 0
  }
}

extension Int32 {
  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init<Source: BinaryFloatingPoint>(_ value: Source) {
    self = Self(exactly: value.rounded(.towardZero)) ?? 0
  }
}

extension UInt {
  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init<Source: BinaryFloatingPoint>(_ value: Source) {
    self = Self(exactly: value.rounded(.towardZero)) ?? 0
  }
}

extension UInt32 {
  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init<Source: BinaryFloatingPoint>(_ value: Source) {
    self = Self(exactly: value.rounded(.towardZero)) ?? 0
  }
}

extension UInt64 {
  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init<Source: BinaryFloatingPoint>(_ value: Source) {
    self = Self(exactly: value.rounded(.towardZero)) ?? 0
  }
}

extension Int64 {
  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(*, deprecated, message: "traps for NaN and what does not fit")
  init<Source: BinaryFloatingPoint>(_ value: Source) {
    self = Self(exactly: value.rounded(.towardZero)) ?? 0
  }
}
