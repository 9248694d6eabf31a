import DecimalText
import Testing

struct DecimalTextTests {
  @Test(arguments: [
    (2.675, 2, "2.68"), (0.05, 1, "0"), (0.15, 1, "0.2"), (9.995, 2, "10"), (-0.001, 2, "0"),
    (1e21, 0, "1000000000000000000000"), (1e-9, 3, "0"), (-12.5, 0, "-12"), (0.6, 0, "1"),
  ])
  func fixedRoundsTheShortestDecimal(value: Double, decimals: Int, text: String) {
    #expect(fixed(value, decimals, trimmingZeros: true) == text)
  }

  @Test func fixedKeepsZerosUnlessTold() {
    #expect(fixed(0.5, 3) == "0.500")
    #expect(fixed(0, 2) == "0.00")
    #expect(fixed(.nan, 2) == "nan")
    #expect(fixed(-.infinity, 2) == "-inf")
  }

  @Test(arguments: [
    (0.012345, 3, "0.0123"), (1.23456e-7, 2, "1.2e-07"), (9.999, 2, "10"), (0.09996, 3, "0.1"),
    (123456, 3, "123456"), (1e9, 3, "1e+09"), (-0.5, 2, "-0.5"), (9.99e-8, 2, "1e-07"),
  ])
  func significantChoosesTheShorterForm(value: Double, digits: Int, text: String) {
    #expect(significant(value, digits) == text)
  }

  @Test(arguments: [
    (0.0, 0), (-0.0, 0), (2.9, 2), (-2.9, -2), (.nan, 0), (0x1p-1070, 0), (0x1p31, 1 << 31),
    (0x1p53, 1 << 53), (0x1p63, 1 << 53), (1e308, 1 << 53), (-1e308, -1 << 53),
    (.infinity, 1 << 53), (-.infinity, -1 << 53),
  ])
  func everyNumberHasANearestWholeOne(value: Double, whole: Int) {
    #expect(Int(clamped: value) == whole)
    #expect(UInt8(clamped: value) == UInt8(min(max(whole, 0), 255)))
  }

  @Test func aRangeHasItsEndsInOrder() {
    #expect(ClosedRange(spanning: 2, 1) == 1...2)
    #expect(ClosedRange(spanning: .nan, 1) == 0...1)
    #expect(ClosedRange(spanning: 1, .nan) == 0...1)
    #expect(ClosedRange(spanning: .infinity, -.infinity) == -.infinity...(.infinity))
  }
}
