internal import Tensors

/// A genetic algorithm: a population of parameter vectors with selection, crossover and mutation.
/// No gradient.
///
/// A step is one generation. Every individual is evaluated; the best `elite` survive unchanged; the
/// others are children of two parents, each the best of a tournament: BLX-α of both (uniform
/// between them and outside by a fraction α of their distance), with random changes of some
/// weights. The parameters become those of the best individual. A loss of NaN loses every
/// tournament.
/// - Source: Eshelman, Schaffer, *Real-coded genetic algorithms and interval-schemata* (1993) for
///   the blend; Goldberg, Deb, *A comparative analysis of selection schemes* (1991).
struct Genetic: EvaluatingRule {
  private let size: Int
  private let tournament: Int
  private let blend: Double
  private let mutation: Double
  private let sigma: Double
  private let elite: Int
  private var population: View
  private var offspring: View
  private var losses: [Double]
  /// Individuals, the best first.
  private var order: [Int]
  private var generator: Generator

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan, _ seed: UInt64) {
    size = term.integer("population") ?? 50
    tournament = term.integer("tournament") ?? 3
    blend = term.number("crossover") ?? 0.5
    mutation = term.number("mutation") ?? 0.1
    sigma = term.number("sigma") ?? 0.3
    elite = min(term.integer("elite") ?? 2, size)
    population = plan.reserve(rows: size, columns: count)
    offspring = plan.reserve(rows: size, columns: count)
    losses = Array(repeating: 0, count: size)
    order = Array(0..<size)
    generator = Generator(seed: seed, purpose: "genetic")
  }

  var evaluation: OptimizerEvaluation { .loss }
  var evaluationsPerStep: Int { size }

  mutating func step<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep, evaluate: () -> Double
  ) -> Double {
    if step.number == 1 {
      initialize(workspace, step.parameters)
    } else {
      breed(workspace)
      swap(&population, &offspring)
    }
    for individual in 0..<size {
      workspace.copy(population.row(individual), into: step.parameters)
      let loss = evaluate()
      losses[individual] = loss.isNaN ? .infinity : loss
      order[individual] = individual
    }
    let losses = losses
    order.sort { losses[$0] != losses[$1] ? losses[$0] < losses[$1] : $0 < $1 }
    workspace.copy(population.row(order[0]), into: step.parameters)
    return losses[order[0]]
  }

  /// Creates the first generation: the given parameters, and copies with noise.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  private mutating func initialize<Element: Scalar>(
    _ workspace: Workspace<Element>, _ parameters: View
  ) {
    for individual in 0..<size {
      workspace.copy(parameters, into: population.row(individual))
      guard individual > 0 else { continue }
      workspace.withMutableElements(population.row(individual)) { weights in
        for i in weights.indices { weights[i] += Element(sigma * generator.normal()) }
      }
    }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  private mutating func breed<Element: Scalar>(_ workspace: Workspace<Element>) {
    for place in 0..<size {
      if place < elite {
        workspace.copy(population.row(order[place]), into: offspring.row(place))
        continue
      }
      let mother = population.row(selected())
      let father = population.row(selected())
      workspace.withElements(mother) { mother in
        workspace.withElements(father) { father in
          workspace.withMutableElements(offspring.row(place)) { child in
            for i in child.indices {
              let low = min(mother[i], father[i]).double
              let high = max(mother[i], father[i]).double
              let margin = blend * (high - low)
              var weight = low - margin + (high - low + 2 * margin) * generator.uniform()
              if generator.bernoulli(mutation) { weight += sigma * generator.normal() }
              child[i] = Element(weight)
            }
          }
        }
      }
    }
  }

  /// The best of some random individuals.
  private mutating func selected() -> Int {
    var best = size
    for _ in 0..<tournament { best = min(best, generator.below(size)) }
    return order[best]
  }
}

extension OptimizerEntries {
  static let genetic = RegistryEntry(
    .optimizer, "genetic", "no gradient: a population, selection, crossover and mutation",
    formula: #"w \leftarrow \operatorname{crossover}(w_a, w_b)+\sigma\xi"#,
    [
      .integer("population", 50, 4...10_000, "networks in the population", positional: true),
      .integer("tournament", 3, 2...100, "how many compete to be a parent"),
      .number("crossover", 0.5, .atLeast(0), "α of the blend of two parents"),
      .number("mutation", 0.1, .from(0, to: 1), "fraction of weights that change"),
      .number("sigma", 0.3, .above(0), "size of a change"),
      .integer("elite", 2, 0...100, "best networks that survive unchanged"),
    ])
}
