internal import Tensors

/// The cost of an optimizer's step.
struct OptimizerCost {
  /// The number of evaluations of the gradient, and of the loss alone, in one step.
  var gradients: Quantity = 1
  var losses: Quantity = 0
  /// Operations of a step besides evaluations.
  var update: Quantity
  /// Bytes outside of the workspace.
  var bytes: Quantity = 0

  init(_ term: Term, parameters: Quantity) {
    update = parameters * Effort.update
    switch term.name {
    case "sgd", "adam", "adamw", "rmsprop", "adagrad": update = parameters * Effort.kernelUpdate
    case "lion", "rprop": update = parameters * Effort.update * 2
    case "sam":
      gradients = 2
      update = parameters * Effort.kernelUpdate * 3
    case "lbfgs":
      let iterations = Quantity(term.integer("iterations") ?? 20)
      gradients = iterations * Quantity(1.25) + 1
      update =
        iterations * parameters * Effort.element
        * (Quantity(term.integer("history") ?? 100) * 2 + 8)
    case "genetic":
      let population = Quantity(term.integer("population") ?? 50)
      (gradients, losses) = (0, population)
      update =
        population
        * (parameters
          * (2 * Effort.uniform + Quantity(term.number("mutation") ?? 0.1) * Effort.normal)
          + Quantity(term.integer("tournament") ?? 3) * Effort.uniform)
    case "cma_es":
      let usual = 4 + Int(clamped: 3 * Double.log(max(1, parameters.value)))
      let population = Quantity(term.integer("population") ?? usual)
      (gradients, losses) = (0, population)
      let isDiagonal =
        switch term.word("covariance") {
        case "diagonal": true
        case "full": false
        default: parameters > 500
        }
      let shape = isDiagonal ? parameters * 4 : parameters * parameters * Quantity(1.5)
      update = population * (parameters * Effort.normal + shape * Effort.scalar)
      bytes =
        8 * (2 * population * parameters + 8 * parameters)
        + (isDiagonal ? 0 : 4 * parameters * parameters)
    default: break
    }
  }
}
