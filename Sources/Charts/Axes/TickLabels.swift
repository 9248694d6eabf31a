import DecimalText
import Markup

/// The text of an axis' ticks, all in the same form.
enum TickLabels {
  static func labels(
    _ numbers: [DecimalNumber], format: Axis.Format, isLogarithmic: Bool = false
  ) -> [Label] {
    let numbers = numbers.map(trimmed)
    let least = numbers.filter { $0.digits != 0 }.map { magnitude($0) }.min() ?? 0
    let most = numbers.filter { $0.digits != 0 }.map { magnitude($0) }.max() ?? 0
    switch format {
    case .percent:
      return readable(
        numbers.map { DecimalNumber(digits: $0.digits, exponent: $0.exponent + 2) }
      )
      .map { suffixed($0, "%") }
    case .scientific: return numbers.map(scientific)
    case .unit(let unit):
      // The prefix that leaves one to three digits before the point, the same for the whole axis.
      let group = max(-8, min(8, Int(clamped: (Double(most) / 3).rounded(.down))))
      let prefix = prefixes[group + 8]
      return readable(
        numbers.map { DecimalNumber(digits: $0.digits, exponent: $0.exponent - 3 * group) }
      ).map { suffixed($0, "\u{2009}\(prefix)\(unit)") }
    case .automatic, .whole:
      if isLogarithmic {
        if least >= -3, most < 4 { return numbers.map { plainLabels([$0])[0] } }
        return numbers.map(scientific)
      }
      let finest = numbers.map(\.exponent).min() ?? 0
      if most < 4 && finest >= -5 && (least > -4 || finest >= -4) { return plainLabels(numbers) }
      if most >= 4, most < 15, finest > -3 {
        let group = min(4, most / 3)
        let shifted = numbers.map {
          DecimalNumber(digits: $0.digits, exponent: $0.exponent - 3 * group)
        }
        if (shifted.filter { $0.digits != 0 }.map(\.exponent).min() ?? 0) >= -3 {
          return zip(plainLabels(shifted), numbers).map {
            $1.digits == 0 ? Label("0") : suffixed($0, largeSuffixes[group])
          }
        }
        if most < 7 { return plainLabels(numbers) }
      }
      return sharingPower(numbers, most)
    }
  }

  /// Written out where that is short, with powers of ten where there would be many zeros.
  private static func readable(_ numbers: [DecimalNumber]) -> [Label] {
    let nonzero = numbers.filter { $0.digits != 0 }
    let most = nonzero.map(magnitude).max() ?? 0
    let finest = nonzero.map(\.exponent).min() ?? 0
    if most < 7, finest >= -7 { return plainLabels(numbers) }
    return most - finest < 7 ? sharingPower(numbers, most) : numbers.map(scientific)
  }

  /// One power of ten for the whole axis.
  private static func sharingPower(_ numbers: [DecimalNumber], _ most: Int) -> [Label] {
    numbers.map { number in
      if number.digits == 0 { return Label("0") }
      let mantissa = DecimalNumber(digits: number.digits, exponent: number.exponent - most)
      return powerLabel(plainLabels([mantissa])[0].plain, most)
    }
  }

  /// m·10ⁿ with one digit before the point.
  private static func scientific(_ number: DecimalNumber) -> Label {
    if number.digits == 0 { return Label("0") }
    let power = magnitude(number)
    if power == 0, abs(number.digits) < 10, number.exponent == 0 {
      return plainLabels([number])[0]
    }
    let mantissa = DecimalNumber(digits: number.digits, exponent: number.exponent - power)
    let text = plainLabels([mantissa])[0].plain
    return powerLabel(text, power)
  }

  private static func powerLabel(_ mantissa: String, _ power: Int) -> Label {
    let start =
      switch mantissa {
      case "1": ""
      case "−1": "−"
      default: mantissa + "×"
      }
    let exponent = (power < 0 ? "−" : "") + String(power.magnitude)
    return Label(runs: [
      Label.Run(text: start + "10"), Label.Run(text: exponent, shift: .up),
    ])
  }

  /// All with the same number of digits after the point.
  private static func plainLabels(_ numbers: [DecimalNumber]) -> [Label] {
    let decimals = max(0, -(numbers.filter { $0.digits != 0 }.map(\.exponent).min() ?? 0))
    return numbers.map { number in
      if number.digits == 0 { return Label("0") }
      var digits = number.digits
      for _ in 0..<max(0, number.exponent + decimals) {
        let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
        if overflow { return Label(runs: [.init(text: NumberText.reading(number.value))]) }
        digits = product
      }
      return Label(runs: [
        Label.Run(text: NumberText.plain(digits, decimals: decimals, trimming: false))
      ])
    }
  }

  private static func suffixed(_ label: Label, _ suffix: String) -> Label {
    var label = label
    label.append(Label.Run(text: suffix))
    return label
  }

  private static func trimmed(_ number: DecimalNumber) -> DecimalNumber {
    guard number.digits != 0 else { return DecimalNumber(digits: 0, exponent: 0) }
    var number = number
    while number.digits % 10 == 0 {
      number.digits /= 10
      number.exponent += 1
    }
    return number
  }

  /// The power of ten of the first digit.
  private static func magnitude(_ number: DecimalNumber) -> Int {
    String(number.digits.magnitude).utf8.count - 1 + number.exponent
  }

  private static let largeSuffixes = ["", "k", "M", "G", "T"]
  private static let prefixes = [
    "y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y",
  ]
}
