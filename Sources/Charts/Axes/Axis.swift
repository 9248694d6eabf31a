import Localization

/// The axis along one side of a chart.
package struct Axis: Sendable, Hashable {
  /// How numbers become places.
  package enum Scale: Sendable, Hashable {
    /// Logarithmic when everything is positive and spans more than three powers of ten, else linear.
    case automatic
    case linear
    /// Base 10; what is not positive cannot be shown, and the description says so.
    case log
    /// Linear within ±`threshold`, logarithmic outside, so that both signs and zero have a place.
    case symlog(threshold: Double)
  }

  /// How the numbers at the ticks are written.
  package enum Format: Sendable, Hashable {
    /// Plain, with `k` and `M` for thousands and millions, and powers of ten where those are too long.
    case automatic
    /// Whole numbers only: epochs, steps, layers.
    case whole
    /// 0.25 is written 25%.
    case percent
    /// With the prefixes of the SI and a unit: 1.5 ms.
    case unit(String)
    /// 1.5×10⁻³.
    case scientific
  }

  /// What the numbers are, with their unit; may hold mathematics.
  package var label: String
  /// How numbers become places.
  package var scale: Scale
  /// How the numbers at the ticks are written.
  package var format: Format
  /// The first and last number shown; `nil` takes them from the data.
  package var range: ClosedRange<Double>?
  /// Whether zero is shown even when the data stays away from it.
  package var includesZero: Bool
  /// Ticks with words in place of numbers.
  package var ticks: [Tick]?

  /// A number on the axis with the word that is written there.
  package struct Tick: Sendable, Hashable {
    /// In the numbers of the axis.
    package var value: Double
    package var label: String

    /// - Parameters:
    ///   - value: In the numbers of the axis.
    ///   - label: What is written there.
    package init(_ value: Double, _ label: String) {
      self.value = value
      self.label = label
    }
  }

  /// An axis that takes from the data what is `nil` here.
  package init(
    _ label: String = "", scale: Scale = .linear, format: Format = .automatic,
    range: ClosedRange<Double>? = nil, includesZero: Bool = false, ticks: [Tick]? = nil
  ) {
    self.label = label
    self.scale = scale
    self.format = format
    self.range = range
    self.includesZero = includesZero
    self.ticks = ticks
  }
}
