import DecimalText
import Markup
import Testing

@testable import Charts

struct TicksTests {
  struct Generator {
    var state: UInt64

    mutating func uniform() -> Double {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func ticksAreNiceEvenAndInside(seed: UInt64) {
    var generator = Generator(state: seed)
    for _ in 0..<50 {
      let size = Logarithm.power(Int(clamped: generator.uniform() * 24) - 12)
      let low = (generator.uniform() - 0.5) * size
      let range = low...(low + (0.001 + generator.uniform()) * size)
      let numbers = ExtendedWilkinson.numbers(range, count: 6)
      #expect(numbers.count >= 2, "\(range)")
      #expect(numbers.count <= 14, "\(range)")
      let values = numbers.map(\.value)
      let steps = zip(numbers, numbers.dropFirst()).map { $1.digits - $0.digits }
      #expect(Set(steps).count == 1, "uneven steps along \(range): \(values)")
      #expect(steps.allSatisfy { $0 > 0 })
      // The range is covered to within one step at each end.
      let step = values[1] - values[0]
      #expect(values[0] < range.lowerBound + step)
      #expect(values[values.count - 1] > range.upperBound - step)
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func labelsNeverMeetAndSayTheirNumber(seed: UInt64) throws {
    var generator = Generator(state: seed)
    for _ in 0..<30 {
      let size = Logarithm.power(Int(clamped: generator.uniform() * 30) - 15)
      let low = (generator.uniform() - 0.5) * size
      let scale = AxisScale(.linear, low...(low + (0.01 + generator.uniform()) * size))
      let length = 120 + 500 * generator.uniform()
      let ticks = Axis().ticks(
        on: scale, count: 8, fits: Ticks.horizontalFit(length: length))
      var last = -Double.infinity
      for (position, width) in ticks.extents(on: scale) {
        #expect(position >= -1e-6 && position <= 1 + 1e-6)
        #expect(position * length - width / 2 >= last + 8 - 1e-9)
        last = position * length + width / 2
      }
      #expect(Set(ticks.ticks.map(\.label)).count == ticks.ticks.count, "two ticks read the same")
    }
  }

  private func labels(_ range: ClosedRange<Double>, _ axis: Axis = Axis()) -> [String] {
    let scale = axis.resolved(for: extent(range), margin: 0)
    return axis.ticks(on: scale, count: 6) { _ in true }.ticks.map(\.label.plain)
  }

  private func extent(_ range: ClosedRange<Double>) -> Extent {
    var extent = Extent()
    extent.add(range.lowerBound)
    extent.add(range.upperBound)
    return extent
  }

  /// Even on a short axis: a single number does not determine a scale.
  @Test(arguments: UInt64(0)..<20)
  func everyAxisHasTwoNumbersWhereTheyFit(seed: UInt64) {
    var generator = Generator(state: seed)
    for _ in 0..<40 {
      let low = Double(Int(clamped: generator.uniform() * 30))
      let scale = AxisScale(.linear, low...(low + 4 + 60 * generator.uniform()))
      for count in 2...6 {
        let ticks = Axis(format: .whole).ticks(
          on: scale, count: count, fits: Ticks.horizontalFit(length: 220))
        #expect(ticks.ticks.count >= 2, "\(scale.range), \(count) wanted")
      }
    }
  }

  @Test func labelsReadAsPeopleWriteThem() {
    #expect(labels(0...1) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(-10...10) == ["−10", "−5", "0", "5", "10"])
    #expect(labels(0...100_000) == ["0", "20k", "40k", "60k", "80k", "100k"])
    #expect(labels(0...5e-6) == ["0", "10⁻⁶", "2×10⁻⁶", "3×10⁻⁶", "4×10⁻⁶", "5×10⁻⁶"])
    #expect(labels(0...1, Axis(format: .percent)) == ["0%", "20%", "40%", "60%", "80%", "100%"])
    #expect(
      labels(0...0.005, Axis(format: .unit("s")))
        == [
          "0\u{2009}ms", "1\u{2009}ms", "2\u{2009}ms", "3\u{2009}ms", "4\u{2009}ms", "5\u{2009}ms",
        ])
    #expect(labels(1...3, Axis(format: .whole)) == ["1", "2", "3"])
    #expect(labels(0.001...10, Axis(scale: .log)) == ["0.001", "0.01", "0.1", "1", "10"])
    #expect(labels(1e-8...1, Axis(scale: .log)) == ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1"])
    #expect(
      labels(-100...100, Axis(scale: .symlog(threshold: 1))).first == "−100")
  }

  @Test func wholeNumbersStayWhole() {
    for high in 1...60 {
      for label in labels(0...Double(high), Axis(format: .whole)) {
        #expect(!label.contains("."), "\(label) on an axis of whole numbers to \(high)")
      }
    }
  }

  @Test func logarithmsAreThoseOfIEEEArithmetic() {
    // Powers of ten have integer logarithms to within two units in the last place.
    for n in -300...300 {
      let error = (Logarithm.log10(Logarithm.power(n)) - Double(n)).magnitude
      #expect(error <= 2 * max(Double(n).ulp, 0x1p-52))
      #expect(Logarithm.exponent(Logarithm.power(n)) == n)
    }
    #expect((Logarithm.log10(2) - 0.301_029_995_663_981_2).magnitude < 1e-16)
  }

  @Test func scalesInvertNothingAndLoseNothing() {
    #expect(AxisScale(.linear, -1...3).position(1) == 0.5)
    #expect((AxisScale(.log, 0.01...100).position(1) - 0.5).magnitude < 1e-15)
    #expect(AxisScale(.log, 0.01...100).position(0).isNaN)
    #expect((AxisScale(.symlog(threshold: 1), -100...100).position(0) - 0.5).magnitude < 1e-15)
    #expect(AxisScale(.linear, -1.7e308...1.7e308).position(0) == 0.5)
  }
}
