import Localization

/// The axis along one side of a chart.
package struct Axis: Sendable, Hashable {
  /// How numbers map to positions.
  package enum Scale: Sendable, Hashable {
    /// Logarithmic when all numbers are positive and span more than three powers of ten, otherwise
    /// linear.
    case automatic
    case linear
    /// Base 10; numbers that are not positive are not shown, and the description mentions them.
    case log
    /// Linear within ±`threshold`, logarithmic outside, so that both signs and zero can be shown.
    case symlog(threshold: Double)
  }

  /// How tick labels are written.
  package enum Format: Sendable, Hashable {
    /// Plain, with `k` and `M` for thousands and millions, and powers of ten where those would be
    /// too long.
    case automatic
    /// Whole numbers only: epochs, steps, layers.
    case whole
    /// 0.25 is written 25%.
    case percent
    /// With an SI prefix and a unit: 1.5 ms.
    case unit(String)
    /// 1.5×10⁻³.
    case scientific
  }

  /// The quantity with its unit; may contain mathematics.
  package var label: String
  /// How numbers map to positions.
  package var scale: Scale
  /// How tick labels are written.
  package var format: Format
  /// The first and last number shown; `nil` takes them from the data.
  package var range: ClosedRange<Double>?
  /// Whether zero is shown even if the data does not reach it.
  package var includesZero: Bool
  /// Ticks with text labels that replace computed ones.
  package var ticks: [Tick]?

  /// A number on the axis with the text at its tick.
  package struct Tick: Sendable, Hashable {
    /// Position in the axis' numbers.
    package var value: Double
    package var label: String

    /// - Parameters:
    ///   - value: Position in the axis' numbers.
    ///   - label: The text at the tick.
    package init(_ value: Double, _ label: String) {
      self.value = value
      self.label = label
    }
  }

  /// An axis; `nil` values are derived from the data.
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
