internal import Tensors

/// A line search for the strong conditions of Wolfe: the loss falls by a share of what its slope
/// promises (c₁ = 1e-4), and the slope there is flatter by a factor (c₂ = 0.9).
///
/// - Source: Nocedal, Wright, *Numerical Optimization*, algorithms 3.5 and 3.6, with the cubic steps
///   and safeguards of Schmidt's minFunc and PyTorch.
struct StrongWolfe: Sendable {
  /// A place on the line that was evaluated, its gradient kept in one of the slots.
  private struct Place {
    var length: Double
    var loss: Double
    var slope: Double
    var slot: Int
  }

  struct Result {
    var length: Double
    var loss: Double
    var evaluations: Int
  }

  private let sufficientDecrease = 1e-4
  private let curvature = 0.9
  private let changeTolerance = 1e-9
  private let origin: View
  /// Slot 0 is the start's gradient; 1 and 2 are those of the bracket's ends.
  private let gradients: View

  init(_ count: Int, _ plan: inout WorkspacePlan) {
    origin = plan.reserve(count)
    gradients = plan.reserve(rows: 3, columns: count)
  }

  /// Moves the parameters along `direction` and leaves the gradient there in its view.
  ///
  /// - Parameter limit: Evaluations after the first. Where they do not do, the best place so far is
  ///   taken, which may be the start.
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
    func decreases(_ place: Place) -> Bool {
      place.loss <= startLoss + sufficientDecrease * place.length * startSlope
    }
    func isFlat(_ place: Place) -> Bool { abs(place.slope) <= -curvature * startSlope }

    let start = Place(length: 0, loss: startLoss, slope: startSlope, slot: 0)
    var former = start
    var new = place(at: firstLength)
    var tries = 0
    var bracket: (Place, Place)?
    while tries < limit {
      if !decreases(new) || (tries > 1 && new.loss >= former.loss) {
        bracket = (former, keep(new, in: 2))
        break
      }
      if isFlat(new) { break }
      if new.slope >= 0 {
        bracket = (former, keep(new, in: 2))
        break
      }
      let next = cubicMinimum(
        former, new, new.length + 0.01 * (new.length - former.length), new.length * 10)
      former = keep(new, in: 1)
      new = place(at: next)
      tries += 1
    }
    if bracket == nil, tries == limit { bracket = (start, keep(new, in: 2)) }
    guard let bracket else {
      return Result(length: new.length, loss: new.loss, evaluations: evaluations)
    }

    // The bracket shrinks around a minimum; `low` is its better end.
    var (low, high) =
      bracket.0.loss <= bracket.1.loss ? (bracket.0, bracket.1) : (bracket.1, bracket.0)
    let reach = workspace.largestMagnitude(direction)
    var progressWasPoor = false
    var isDone = false
    while !isDone, tries < limit {
      let (left, right) =
        low.length < high.length ? (low.length, high.length) : (high.length, low.length)
      if (right - left) * reach < changeTolerance { break }
      var length = cubicMinimum(low, high, left, right)
      let margin = 0.1 * (right - left)
      if min(right - length, length - left) < margin {
        if progressWasPoor || length >= right || length <= left {
          length = abs(length - right) < abs(length - left) ? right - margin : left + margin
          progressWasPoor = false
        } else {
          progressWasPoor = true
        }
      } else {
        progressWasPoor = false
      }
      let new = place(at: length)
      tries += 1
      if !decreases(new) || new.loss >= low.loss {
        high = keep(new, in: freeSlot(besides: low))
        if high.loss < low.loss { swap(&low, &high) }
      } else {
        isDone = isFlat(new)
        let slot = freeSlot(besides: low, high)
        if !isDone, new.slope * (high.length - low.length) >= 0 { high = low }
        low = keep(new, in: slot ?? freeSlot(besides: high))
      }
    }
    move(workspace, step, along: direction, by: low.length)
    workspace.copy(gradients.row(low.slot), into: step.gradient)
    return Result(length: low.length, loss: low.loss, evaluations: evaluations)
  }

  private func freeSlot(besides place: Place) -> Int { place.slot == 1 ? 2 : 1 }

  /// Of the slots 1 and 2 one that neither place needs.
  private func freeSlot(besides a: Place, _ b: Place) -> Int? {
    [1, 2].first { $0 != a.slot && $0 != b.slot }
  }

  private func move<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep, along direction: View, by length: Double
  ) {
    workspace.copy(origin, into: step.parameters)
    workspace.addProduct(direction, by: length, to: step.parameters)
  }

  /// Where the cubic through two places' losses and slopes is least, within bounds; their middle
  /// where it has no minimum.
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
