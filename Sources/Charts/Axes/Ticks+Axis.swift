import DecimalText
import Markup

extension Axis {
  /// Ticks along the scale, at most as many as fit.
  ///
  /// - Parameters:
  ///   - count: The desired number of ticks.
  ///   - fits: Whether labels of these widths (pixels) at these positions (0 to 1) do not overlap.
  func ticks(
    on scale: AxisScale, count: Int, fits: ([(position: Double, width: Double)]) -> Bool
  ) -> Ticks {
    if let ticks {
      let within = ticks.filter { scale.range.contains($0.value) }
      var every = 1
      while every <= max(within.count, 1) {
        let chosen = stride(from: 0, to: within.count, by: every).map {
          Ticks.Tick(value: within[$0].value, label: Label(within[$0].label))
        }
        let result = Ticks(ticks: chosen)
        if fits(result.extents(on: scale)) { return result }
        every += 1
      }
      return Ticks()
    }
    // Nice numbers may fall outside both ends of a short axis, with only one on it; then try finer
    // ones.
    if scale.kind == .linear, linearTicks(on: scale, count: count).ticks.count < 2 {
      for finer in (count + 1)...(count + 3) {
        let result = linearTicks(on: scale, count: finer)
        if result.ticks.count >= 2, fits(result.extents(on: scale)) { return result }
      }
    }
    var wanted = count
    while wanted >= 2 {
      let result: Ticks =
        switch scale.kind {
        case .linear: linearTicks(on: scale, count: wanted)
        case .log: logTicks(on: scale, count: wanted)
        case .symlog(let threshold): symlogTicks(on: scale, threshold: threshold, count: wanted)
        }
      if fits(result.extents(on: scale)) { return result }
      wanted -= 1
    }
    return Ticks()
  }

  private func linearTicks(on scale: AxisScale, count: Int) -> Ticks {
    var low = scale.range.lowerBound
    var high = scale.range.upperBound
    let magnitude = max(low.magnitude, high.magnitude)
    guard magnitude > 0 else { return Ticks() }
    // A scale far from 1 is brought near it by a power of ten, and its ticks are scaled back.
    var power = 0
    if magnitude > 1e100 || magnitude < 1e-100 {
      power = Logarithm.exponent(magnitude)
      low = Logarithm.decimal(low, -power)
      high = Logarithm.decimal(high, -power)
      guard high > low else { return Ticks() }
    }
    // Numbers that differ only in their last digits are written relative to a round number among
    // them.
    var base: Double?
    if (high - low) < max(low.magnitude, high.magnitude) * 1e-6 {
      let middle = low + (high - low) / 2
      let unit = Logarithm.power(Logarithm.exponent(high - low) + 1)
      let rounded = (middle / unit).rounded() * unit
      base = rounded
      low -= rounded
      high -= rounded
    }
    let numbers = ExtendedWilkinson.numbers(
      low...high, count: count, wholeOnly: format == .whole && power == 0 && base == nil)
    let slack = (high - low) * 1e-9
    let shown = numbers.filter { $0.value >= low - slack && $0.value <= high + slack }
    let scaled = shown.map { DecimalNumber(digits: $0.digits, exponent: $0.exponent + power) }
    let labels = TickLabels.labels(scaled, format: format)
    return Ticks(
      ticks: zip(scaled, labels).map {
        Ticks.Tick(value: $0.value + (base ?? 0), label: $1)
      }, base: base)
  }

  private func logTicks(on scale: AxisScale, count: Int) -> Ticks {
    let low = scale.range.lowerBound
    let high = scale.range.upperBound
    let slack = 1e-9
    let first = Int(clamped: (Logarithm.log10(low) - slack).rounded(.up))
    let last = Int(clamped: (Logarithm.log10(high) + slack).rounded(.down))
    let decades = last - first + 1
    // One, two and five of each power of ten, or one and three, or one alone: as many as fit.
    for digits in [[1, 2, 5], [1, 3], [1]] where decades <= 3 {
      var numbers: [DecimalNumber] = []
      for exponent in (first - 1)...(max(last, first) + 1) {
        for digit in digits {
          let number = DecimalNumber(digits: digit, exponent: exponent)
          if number.value >= low * (1 - slack), number.value <= high * (1 + slack) {
            numbers.append(number)
          }
        }
      }
      if numbers.count >= 2, numbers.count <= count + 1 { return logarithmic(numbers) }
    }
    if decades < 2 { return linearTicks(on: AxisScale(.linear, scale.range), count: count) }
    let every = max(1, (decades + count - 1) / count)
    return logarithmic(
      (first...last).filter { $0 % every == 0 }.map { DecimalNumber(digits: 1, exponent: $0) })
  }

  private func logarithmic(_ numbers: [DecimalNumber]) -> Ticks {
    Ticks(
      ticks: zip(numbers, TickLabels.labels(numbers, format: format, isLogarithmic: true)).map {
        Ticks.Tick(value: $0.value, label: $1)
      })
  }

  private func symlogTicks(on scale: AxisScale, threshold: Double, count: Int) -> Ticks {
    let reach = max(scale.range.lowerBound.magnitude, scale.range.upperBound.magnitude)
    let first = Int(clamped: (Logarithm.log10(threshold) - 1e-9).rounded(.up))
    let last = max(first, Logarithm.exponent(max(reach, threshold)))
    let every = max(1, (2 * (last - first + 1) + count) / max(count, 1))
    var numbers: [DecimalNumber] = []
    for exponent in stride(from: last, through: first, by: -every) {
      numbers.append(DecimalNumber(digits: -1, exponent: exponent))
    }
    numbers.append(DecimalNumber(digits: 0, exponent: 0))
    for exponent in stride(from: last, through: first, by: -every).reversed() {
      numbers.append(DecimalNumber(digits: 1, exponent: exponent))
    }
    return logarithmic(numbers.filter { scale.range.contains($0.value) })
  }

  /// The axis' own label, with the base that its ticks leave out.
  func heading(_ ticks: Ticks) -> Label {
    var heading = Label(label)
    guard let base = ticks.base, base != 0 else { return heading }
    let sign = base < 0 ? "−" : "+"
    heading.append(
      Label.Run(text: "\(label.isEmpty ? "" : " ")(\(sign) \(NumberText.exact(base.magnitude)))"))
    return heading
  }
}

extension Ticks {
  /// Position (0 to 1) and width (pixels) of each label at the size of tick labels.
  func extents(on scale: AxisScale) -> [(position: Double, width: Double)] {
    ticks.map { (scale.position($0.value), $0.label.width(size: TextSize.tick)) }
  }

  /// Index of the first tick kept when only every n-th is: zero is kept if there is one, else the
  /// first.
  func offset(every: Int) -> Int {
    (ticks.firstIndex { $0.value == 0 } ?? 0) % max(every, 1)
  }

  func every(_ n: Int) -> [Tick] {
    let offset = offset(every: n)
    return ticks.indices.filter { $0 % n == offset }.map { ticks[$0] }
  }

  /// A test that labels along a horizontal axis of `length` pixels do not overlap.
  static func horizontalFit(length: Double) -> ([(position: Double, width: Double)]) -> Bool {
    { labels in
      zip(labels, labels.dropFirst()).allSatisfy { left, right in
        right.position * length - right.width / 2 - (left.position * length + left.width / 2) >= 8
      }
    }
  }
}
