internal import Tensors

/// A line search for the strong Wolfe conditions: the loss decreases by a fraction of the decrease
/// that its slope predicts (c₁ = 1e-4), and the slope becomes flatter by a factor (c₂ = 0.9).
///
/// - Source: Nocedal, Wright, *Numerical Optimization*, algorithms 3.5 and 3.6, with the cubic
///   steps and safeguards of Schmidt's minFunc and PyTorch.
struct StrongWolfe: Sendable {
  /// An evaluated place on the line; its gradient is in one of the slots.
  private struct Place {
    var length: Double
    var loss: Double
    var slope: Double
    var slot: Int
  }

  /// The end of a search.
  struct Result {
    var length: Double
    var loss: Double
    var evaluations: Int
  }

  private static let sufficientDecrease = 1e-4
  private static let curvature = 0.9
  private let changeTolerance = 1e-9
  private let origin: View
  /// Slot 0 has the start's gradient; 1 and 2 have those of the bracket's ends.
  private let gradients: View

  init(_ count: Int, _ plan: inout WorkspacePlan) {
    origin = plan.reserve(count)
    gradients = plan.reserve(rows: 3, columns: count)
  }

  /// The loss and its slope where the line starts, and the conditions on a step along it.
  private struct Line {
    let loss: Double
    let slope: Double

    var start: Place { Place(length: 0, loss: loss, slope: slope, slot: 0) }

    /// Armijo's condition: the loss decreases by a fraction of what the slope predicts.
    func decreases(_ place: Place) -> Bool {
      place.loss <= loss + StrongWolfe.sufficientDecrease * place.length * slope
    }

    /// The condition on the curvature: the slope has become flatter.
    func isFlat(_ place: Place) -> Bool { abs(place.slope) <= -StrongWolfe.curvature * slope }
  }

  /// Moves the parameters along `direction` and leaves the gradient there in its view.
  ///
  /// - Parameter limit: Evaluations after the first. If they do not suffice, the result is the best
  ///   place so far, which may be the start.
  func search<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep, along direction: View,
    from startLoss: Double, slope startSlope: Double, length firstLength: Double, limit: Int,
    evaluate: () -> Double
  ) -> Result {
    workspace.copy(step.parameters, into: origin)
    workspace.copy(step.gradient, into: gradients.row(0))
    var evaluations = 0
    func place(at length: Double) -> Place {
      move(workspace, step, along: direction, by: length)
      evaluations += 1
      let loss = evaluate()
      return Place(
        length: length, loss: loss, slope: workspace.dot(step.gradient, direction).double, slot: 0)
    }
    func keep(_ place: Place, in slot: Int) -> Place {
      workspace.copy(step.gradient, into: gradients.row(slot))
      var place = place
      place.slot = slot
      return place
    }

    let line = Line(loss: startLoss, slope: startSlope)
    var tries = 0
    let (end, bracket) = bracket(line, from: firstLength, limit: limit, &tries, place, keep)
    guard let bracket else {
      return Result(length: end.length, loss: end.loss, evaluations: evaluations)
    }
    let best = zoom(
      line, into: bracket, reach: workspace.largestMagnitude(direction), limit: limit, &tries,
      place,
      keep)
    move(workspace, step, along: direction, by: best.length)
    workspace.copy(gradients.row(best.slot), into: step.gradient)
    return Result(length: best.length, loss: best.loss, evaluations: evaluations)
  }

  /// Lengthens the step until a minimum is between two places (algorithm 3.5).
  ///
  /// - Returns: The last place, and the two ends; no ends where the last place satisfies both
  ///   conditions.
  private func bracket(
    _ line: Line, from firstLength: Double, limit: Int, _ tries: inout Int,
    _ place: (Double) -> Place, _ keep: (Place, Int) -> Place
  ) -> (Place, ends: (Place, Place)?) {
    var former = line.start
    var new = place(firstLength)
    while tries < limit {
      if !line.decreases(new) || (tries > 1 && new.loss >= former.loss) {
        return (new, (former, keep(new, 2)))
      }
      if line.isFlat(new) { return (new, nil) }
      if new.slope >= 0 { return (new, (former, keep(new, 2))) }
      let next = cubicMinimum(
        former, new, new.length + 0.01 * (new.length - former.length), new.length * 10)
      former = keep(new, 1)
      new = place(next)
      tries += 1
    }
    return (new, tries == limit ? (line.start, keep(new, 2)) : nil)
  }

  /// Shrinks a bracket around a minimum (algorithm 3.6).
  ///
  /// - Parameter reach: The largest change of a parameter for a step of length 1.
  /// - Returns: The better end.
  private func zoom(
    _ line: Line, into bracket: (Place, Place), reach: Double, limit: Int, _ tries: inout Int,
    _ place: (Double) -> Place, _ keep: (Place, Int) -> Place
  ) -> Place {
    var (low, high) =
      bracket.0.loss <= bracket.1.loss ? (bracket.0, bracket.1) : (bracket.1, bracket.0)
    var progressWasPoor = false
    var isDone = false
    while !isDone, tries < limit {
      let (left, right) =
        low.length < high.length ? (low.length, high.length) : (high.length, low.length)
      if (right - left) * reach < changeTolerance { break }
      let new = place(
        safeguarded(cubicMinimum(low, high, left, right), left, right, &progressWasPoor))
      tries += 1
      if !line.decreases(new) || new.loss >= low.loss {
        high = keep(new, freeSlot(besides: low))
        if high.loss < low.loss { swap(&low, &high) }
      } else {
        isDone = line.isFlat(new)
        let slot = freeSlot(besides: low, high)
        if !isDone, new.slope * (high.length - low.length) >= 0 { high = low }
        low = keep(new, slot ?? freeSlot(besides: high))
      }
    }
    return low
  }

  /// A length, moved away from the ends of its bracket if it is the second in a row that is close
  /// to one.
  private func safeguarded(
    _ length: Double, _ left: Double, _ right: Double, _ progressWasPoor: inout Bool
  ) -> Double {
    let margin = 0.1 * (right - left)
    guard min(right - length, length - left) < margin else {
      progressWasPoor = false
      return length
    }
    guard progressWasPoor || length >= right || length <= left else {
      progressWasPoor = true
      return length
    }
    progressWasPoor = false
    return abs(length - right) < abs(length - left) ? right - margin : left + margin
  }

  private func freeSlot(besides place: Place) -> Int { place.slot == 1 ? 2 : 1 }

  /// The slot, 1 or 2, that neither place needs.
  private func freeSlot(besides a: Place, _ b: Place) -> Int? {
    [1, 2].first { $0 != a.slot && $0 != b.slot }
  }

  private func move<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep, along direction: View, by length: Double
  ) {
    workspace.copy(origin, into: step.parameters)
    workspace.addProduct(direction, by: length, to: step.parameters)
  }

  /// The minimum, within bounds, of the cubic through the losses and slopes of two places; the
  /// middle of the bounds where it has none.
  private func cubicMinimum(_ a: Place, _ b: Place, _ lower: Double, _ upper: Double) -> Double {
    let (x, y) = a.length <= b.length ? (a, b) : (b, a)
    let d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.length - b.length)
    let square = d1 * d1 - a.slope * b.slope
    guard square >= 0 else { return (lower + upper) / 2 }
    let d2 = square.squareRoot()
    let minimum =
      y.length - (y.length - x.length) * ((y.slope + d2 - d1) / (y.slope - x.slope + 2 * d2))
    return min(max(minimum, lower), upper)
  }
}
