internal import Tensors

/// Limited-memory BFGS: approximates the curvature from differences of the last gradients.
///
/// One step is up to `iterations` inner ones; history and direction are kept between steps. Without
/// a line search the length of an inner step is the rate (for the very first, times `min(1,
/// 1/‖g‖₁)`). A pair of differences is kept only if `y·s > 1e-10`; the initial inverse Hessian is
/// `s·y/y·y`.
/// - Source: Nocedal, Wright, *Numerical Optimization*, algorithm 7.4; stopping rules as in
///   PyTorch.
struct LBFGS: EvaluatingRule {
  private let iterations: Int
  private let capacity: Int
  private let gradientTolerance: Double
  private let changeTolerance: Double
  private let search: StrongWolfe?
  private let direction: View
  private let formerGradient: View
  /// One row more than the history, for the next candidate.
  private let gradientChanges: View
  private let parameterChanges: View

  private var pairs: [Pair] = []
  private var coefficients: [Double]
  private var spare = 0
  private var scale = 1.0
  private var length = 0.0
  private var iteration = 0

  private struct Pair {
    var row: Int
    /// `1/(y·s)`
    var rho: Double
  }

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    iterations = term.integer("iterations") ?? 20
    capacity = term.integer("history") ?? 100
    gradientTolerance = term.number("tolerance_gradient") ?? 1e-7
    changeTolerance = term.number("tolerance_change") ?? 1e-9
    direction = plan.reserve(count)
    formerGradient = plan.reserve(count)
    gradientChanges = plan.reserve(rows: capacity + 1, columns: count)
    parameterChanges = plan.reserve(rows: capacity + 1, columns: count)
    search = term.word("line_search") == "strong_wolfe" ? StrongWolfe(count, &plan) : nil
    pairs.reserveCapacity(capacity + 1)
    coefficients = Array(repeating: 0, count: capacity)
  }

  var evaluation: OptimizerEvaluation { .repeatedGradient }
  private var evaluationLimit: Int { max(iterations * 5 / 4, 1) }
  var evaluationsPerStep: Int { search == nil ? evaluationLimit : evaluationLimit + 1 }

  mutating func step<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep, evaluate: () -> Double
  ) -> Double {
    let first = evaluate()
    var loss = first
    var evaluations = 1
    let gradient = step.gradient
    if workspace.largestMagnitude(gradient) <= gradientTolerance { return first }

    for inner in 1...iterations {
      iteration += 1
      if iteration == 1 {
        workspace.scale(gradient, by: -1, into: direction)
      } else {
        remember(workspace, gradient)
        findDirection(workspace, gradient)
      }
      workspace.copy(gradient, into: formerGradient)
      let formerLoss = loss

      length = step.rate
      if iteration == 1 {
        length *= min(1, 1 / workspace.sumOfMagnitudes(gradient))
      }
      let slope = workspace.dot(gradient, direction).double
      if slope > -changeTolerance { break }

      if let search {
        let found = search.search(
          workspace, step, along: direction, from: loss, slope: slope, length: length,
          limit: evaluationLimit - evaluations, evaluate: evaluate)
        length = found.length
        loss = found.loss
        evaluations += found.evaluations
      } else {
        workspace.addProduct(direction, by: length, to: step.parameters)
        if inner < iterations {
          loss = evaluate()
          evaluations += 1
        }
      }
      let change = workspace.largestMagnitude(direction) * length
      if inner == iterations || evaluations >= evaluationLimit
        || workspace.largestMagnitude(gradient) <= gradientTolerance
        || change <= changeTolerance || abs(loss - formerLoss) < changeTolerance
        || !loss.isFinite
      {
        break
      }
    }
    return first
  }

  /// Adds the last step's differences of gradient and parameters to the history, and drops the
  /// oldest.
  private mutating func remember<Element: Scalar>(
    _ workspace: Workspace<Element>, _ gradient: View
  ) {
    let y = gradientChanges.row(spare)
    let s = parameterChanges.row(spare)
    workspace.subtract(gradient, formerGradient, into: y)
    workspace.scale(direction, by: length, into: s)
    let curvature = workspace.dot(y, s).double
    guard curvature > 1e-10 else { return }
    pairs.append(Pair(row: spare, rho: 1 / curvature))
    spare = pairs.count > capacity ? pairs.removeFirst().row : pairs.count
    scale = curvature / workspace.dot(y, y).double
  }

  /// The two-loop recursion: `direction = -H g`.
  private mutating func findDirection<Element: Scalar>(
    _ workspace: Workspace<Element>, _ gradient: View
  ) {
    workspace.scale(gradient, by: -1, into: direction)
    for (index, pair) in pairs.enumerated().reversed() {
      let s = parameterChanges.row(pair.row)
      coefficients[index] = workspace.dot(s, direction).double * pair.rho
      workspace.addProduct(
        gradientChanges.row(pair.row), by: -coefficients[index], to: direction)
    }
    workspace.scale(direction, by: scale, into: direction)
    for (index, pair) in pairs.enumerated() {
      let y = gradientChanges.row(pair.row)
      let beta = workspace.dot(y, direction).double * pair.rho
      workspace.addProduct(
        parameterChanges.row(pair.row), by: coefficients[index] - beta, to: direction)
    }
  }
}

extension Workspace {
  /// `y += alpha·x`, each element by one fused multiply-add in Double too: the recursion magnifies
  /// the error of two roundings a thousand times.
  @specialized(where Element == Double)
  func addProduct(_ x: View, by alpha: Double, to y: View) {
    if Element.usesMachineKernels {
      addScaled(x, by: alpha, to: y)
      return
    }
    let alpha = Element(alpha)
    withElements(x) { x in
      withMutableElements(y) { y in
        for i in x.indices { y[i] = y[i].addingProduct(alpha, x[i]) }
      }
    }
  }

  /// `Σ|x|`, added in order as in PyTorch: later steps magnify an error of the first step's length.
  fileprivate func sumOfMagnitudes(_ x: View) -> Double {
    withElements(x) { x in
      var sum = 0.0
      for i in x.indices { sum += abs(x[i].double) }
      return sum
    }
  }

  /// `max |x|`
  func largestMagnitude(_ x: View) -> Double { max(maximum(x).double, -minimum(x).double) }
}

extension OptimizerEntries {
  static let lbfgs = RegistryEntry(
    .optimizer, "lbfgs", "the curvature from the last steps' gradients; full batches",
    formula: #"w \leftarrow w-\eta H g"#,
    [
      rate(1), .integer("iterations", 20, 1...1000, "inner iterations of a step"),
      .integer("history", 100, 1...1000, "steps in the history"),
      .number("tolerance_gradient", 1e-7, .atLeast(0), "gradient below which it ends"),
      .number("tolerance_change", 1e-9, .atLeast(0), "change below which it ends"),
      .choice("line_search", ["none", "strong_wolfe"], "how the length of a step is found"),
    ])
}
