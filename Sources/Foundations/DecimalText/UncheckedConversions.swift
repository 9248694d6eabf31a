// `Int(x)` of a floating-point x traps where x is NaN, infinite or out of range. Every target that
// computes with such numbers has this file, which deprecates that conversion; warnings are errors
// here, so the build refuses it. Write `Int(clamped: x)`, or `Int(exactly: x)` where any other
// number is a mistake. The targets have symbolic links to one file, since only a declaration in the
// module itself shadows that of the standard library.

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
