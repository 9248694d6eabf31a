import Localization

extension LineChart {
  /// A description of the lines in a few sentences.
  func description(of lines: [Line], words: Words) -> String {
    let shown = lines.filter { !$0.extent.isEmpty }
    guard !shown.isEmpty else {
      return words.sentences([
        points.isEmpty
          ? words(.nothingToDraw) : pointsSentence(words)
      ])
    }
    var sentences: [String] = []
    if shown.count <= 6 {
      sentences.append(
        shown.map { course(of: $0, isAlone: shown.count == 1, words) }.joined(
          separator: words(.semicolon)))
    } else {
      sentences.append(summary(of: shown, words))
    }
    sentences.append(race(shown, words))
    if !points.isEmpty { sentences.append(pointsSentence(words)) }
    sentences += oddities(lines, words)
    return words.sentences(sentences)
  }

  /// "relu falls from 0.69 to 0.002".
  private func course(of line: Line, isAlone: Bool, _ words: Words) -> String {
    let values = line.y
    let finite = values.indices.filter { values[$0].isFinite && line.x[$0].isFinite }
    guard let first = finite.first, let last = finite.last else { return "" }
    let subject = name(of: line, words)
    let from = NumberText.reading(values[first], digits: 3)
    let to = NumberText.reading(values[last], digits: 3)
    if first == last {
      return words(.lineIs(name: subject, value: from, place: at(line.x[first], words)))
    }
    let low = finite.min { values[$0] < values[$1] }!
    let high = finite.max { values[$0] < values[$1] }!
    let span = values[high] - values[low]
    var text: String
    if span == 0 { return words(.lineStays(name: subject, value: from)) }
    if from == to {
      text = words(.lineBeginsAndEnds(name: subject, value: from))
    } else if values[last] < values[first] {
      text = words(.lineFalls(name: subject, from: from, to: to))
    } else {
      text = words(.lineRises(name: subject, from: from, to: to))
    }
    if isAlone {
      text += words(.lineSpan(from: place(line.x[first]), to: place(line.x[last])))
    }
    let dips = min(values[first], values[last]) - values[low]
    let peaks = values[high] - max(values[first], values[last])
    let lowest = NumberText.reading(values[low], digits: 3)
    let highest = NumberText.reading(values[high], digits: 3)
    if dips > 0.1 * span {
      text += words(.lineMinimum(value: lowest, place: at(line.x[low], words)))
    }
    if peaks > 0.1 * span {
      text += words(.lineMaximum(value: highest, place: at(line.x[high], words)))
    }
    return text
  }

  /// For many lines: their number, and the lowest and highest final values.
  private func summary(of lines: [Line], _ words: Words) -> String {
    let ends = lines.compactMap { line in line.y.last { $0.isFinite }.map { (line, $0) } }
    guard let least = ends.min(by: { $0.1 < $1.1 }), let most = ends.max(by: { $0.1 < $1.1 })
    else { return "" }
    return words(
      .linesSummary(
        count: lines.count, lowName: name(of: least.0, words),
        low: NumberText.reading(least.1, digits: 3), highName: name(of: most.0, words),
        high: NumberText.reading(most.1, digits: 3)))
  }

  /// "relu reaches 0.1 first, at epoch 12": for lines that all fall and do not end below zero.
  private func race(_ lines: [Line], _ words: Words) -> String {
    guard lines.count > 1, lines.count <= 12, !x.label.isEmpty else { return "" }
    let falling = lines.filter { line in
      guard let first = line.y.first, let last = line.y.last, first.isFinite, last.isFinite else {
        return false
      }
      return last < first && last >= 0
    }
    guard falling.count == lines.count,
      let least = falling.compactMap(\.y.last).sorted().dropFirst().first
    else { return "" }
    let starts = falling.compactMap(\.y.first).min() ?? 0
    // The next round number above the second-lowest final value: at least two lines reach it.
    guard least > 0 else { return "" }
    let power = Logarithm.exponent(least)
    let mark = [1.0, 2, 5, 10].map { $0 * Logarithm.power(power) }.first { $0 >= least } ?? least
    guard mark < starts else { return "" }
    let arrivals = falling.compactMap { line in
      line.y.firstIndex { $0 <= mark }.map { (line, line.x[$0]) }
    }
    guard let first = arrivals.min(by: { $0.1 < $1.1 }), arrivals.count > 1,
      arrivals.filter({ $0.1 == first.1 }).count == 1
    else { return "" }
    let number = NumberText.reading(mark, digits: 3)
    return words(
      .lineReachesFirst(name: name(of: first.0, words), value: number, place: at(first.1, words)))
  }

  private func pointsSentence(_ words: Words) -> String {
    let all = points.reduce(0) { $0 + $1.x.count }
    let count = points.reduce(0) { sum, set in
      sum + zip(set.x, set.y).count { $0.isFinite && $1.isFinite }
    }
    let told =
      count == 0
      ? words(.nothingToDraw)
      : words(.dataPoints(count: count))
    let lost = words.notFinite(all - count)
    return lost.isEmpty ? told : told + words(.semicolon) + lost
  }

  /// Facts that the picture does not show: gaps, early ends, reordered values.
  private func oddities(_ lines: [Line], _ words: Words) -> [String] {
    var sentences: [String] = []
    for line in lines {
      let subject = name(of: line, words)
      if line.extent.isEmpty {
        sentences.append(words(.lineHasNoNumber(name: subject)))
        continue
      }
      if let end = line.end {
        sentences.append(
          end.isInfinite
            ? words(.lineBecomesInfinite(name: subject, place: at(end.x, words)))
            : words(.lineIsNoNumber(name: subject, place: place(end.x))))
      } else if line.extent.missingCount + line.extent.infiniteCount > 0 {
        let count = line.extent.missingCount + line.extent.infiniteCount
        sentences.append(
          words(.lineGaps(count: count, total: line.y.count, name: subject)))
      }
      if line.wasUnordered {
        sentences.append(
          words(.lineReordered(name: subject)))
      }
    }
    if case .log = scales(for: lines).y.kind {
      let hidden = lines.reduce(0) { $0 + $1.y.count { $0 <= 0 && $0.isFinite } }
      if hidden > 0 {
        sentences.append(
          words(.notOnLogAxis(count: hidden)))
      }
    }
    return sentences
  }

  private func name(of line: Line, _ words: Words) -> String {
    let name = Label(line.name.isEmpty ? y.label : line.name).plain
    return name.isEmpty ? words(.theLine) : name
  }

  private func place(_ value: Double) -> String {
    let label = Label(x.label).plain
    // A rounding error near zero is written as zero.
    let span = lines().map { ($0.x.last ?? 0) - ($0.x.first ?? 0) }.max() ?? 0
    let number = NumberText.reading(value.magnitude < 1e-9 * span ? 0 : value)
    return label.isEmpty || label.count > 12 ? "x = \(number)" : "\(label) \(number)"
  }

  private func at(_ value: Double, _ words: Words) -> String {
    words(.atPlace(place: place(value)))
  }
}
