extension Label {
  /// The label in lines no wider than `width` pixels, broken at spaces, or anywhere between the
  /// characters of scripts without spaces. If it does not fit into `limit` lines, the last ends in
  /// an ellipsis.
  func wrapped(width: Double, size: Double, limit: Int = 3) -> [Label] {
    guard !isEmpty else { return [] }
    if self.width(size: size) <= width { return [self] }
    var lines: [Label] = []
    var line = Label(runs: [])
    func finish() {
      while let last = line.runs.last, last.text.hasSuffix(" ") {
        line = line.droppingLastCharacter()
      }
      if !line.isEmpty { lines.append(line) }
      line = Label(runs: [])
    }
    for piece in pieces() {
      var longer = line
      longer.append(piece)
      if longer.width(size: size) <= width || line.isEmpty {
        line = longer
      } else {
        finish()
        line.append(
          Run(
            text: piece.text.trimmingLeadingSpaces, shift: piece.shift,
            isItalic: piece.isItalic))
      }
      if line.width(size: size) > width { line = line.shortened(width: width, size: size) }
    }
    finish()
    if lines.count > limit {
      let rest = lines[limit - 1]
      lines = Array(lines[..<(limit - 1)])
      lines.append(rest.endingInEllipsis(width: width, size: size))
    }
    return lines
  }

  /// The label, ending in an ellipsis where it is wider than `width` pixels.
  func shortened(width: Double, size: Double) -> Label {
    self.width(size: size) <= width ? self : endingInEllipsis(width: width, size: size)
  }

  private func endingInEllipsis(width: Double, size: Double) -> Label {
    var label = self
    while !label.isEmpty {
      var ended = label
      ended.append(Run(text: "…"))
      if ended.width(size: size) <= width { return ended }
      label = label.droppingLastCharacter()
    }
    return Label(runs: [Run(text: "…")])
  }

  private func droppingLastCharacter() -> Label {
    var runs = runs
    guard var last = runs.popLast() else { return self }
    last.text.removeLast()
    if !last.text.isEmpty { runs.append(last) }
    return Label(runs: runs)
  }

  /// Runs split where a line may break.
  private func pieces() -> [Run] {
    var pieces: [Run] = []
    for run in runs {
      guard run.shift == .none else {
        pieces.append(run)
        continue
      }
      var text = ""
      for character in run.text {
        let isWide = character.unicodeScalars.contains { $0.value >= 0x2e80 && $0.value < 0xffff }
        text.append(character)
        if character == " " || isWide {
          pieces.append(Run(text: text, isItalic: run.isItalic))
          text = ""
        }
      }
      if !text.isEmpty { pieces.append(Run(text: text, isItalic: run.isItalic)) }
    }
    return pieces
  }
}

extension String {
  fileprivate var trimmingLeadingSpaces: String { String(drop { $0 == " " }) }
}
