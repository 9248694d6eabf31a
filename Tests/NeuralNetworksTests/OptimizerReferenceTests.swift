import Foundation
import Tensors
import TestSupport
import Testing

@testable import NeuralNetworks

/// Every run of `optimizers.json`: twelve steps on one smooth function, in Double.
@Suite struct OptimizerReferenceTests {
  @Test func theFileHasRuns() throws {
    let file = try OptimizerReference.load()
    #expect(!file.runs.isEmpty)
    #expect(Set(file.runs.map(\.name)).count == file.runs.count)
    let constants = file.function.constants
    let (value, gradient) = constants.evaluate(file.function.start)
    #expect(abs(value - file.function.value_at_start) < 1e-14)
    for (found, expected) in zip(gradient, file.function.gradient_at_start) {
      #expect(abs(found - expected) < 1e-14)
    }
  }

  @Test(arguments: (try? OptimizerReference.load().runs) ?? [])
  func followsTheReference(run: OptimizerReference.Run) throws {
    let file = try OptimizerReference.load()
    let term = try run.term()
    var problem = try Problem<Double>(term, start: file.function.start)
    let tolerance = 1e-12 * max(1, run.amplification)
    for (index, expected) in run.params.enumerated() {
      let (loss, evaluations) = problem.step(file.function.constants)
      let found = problem.workspace.elements(problem.optimizer.parameters)
      for (a, b) in zip(found, expected) {
        #expect(
          abs(a - b) <= tolerance, "\(run.name): step \(index + 1): \(found), not \(expected)")
      }
      if let losses = run.loss_before_step {
        // A loss moves with the parameters that it was computed from.
        let slope = 1 + file.function.constants.evaluate(found).gradient.map(abs).max()!
        #expect(abs(loss - losses[index]) <= 10 * slope * tolerance, "\(run.name): loss")
      }
      if let counts = run.evaluations { #expect(evaluations == counts[index], "\(run.name)") }
      if let averages = run.ax {
        let average = try #require(problem.optimizer.average)
        for (a, b) in zip(problem.workspace.elements(average), averages[index]) {
          #expect(abs(a - b) <= tolerance, "\(run.name): average of step \(index + 1)")
        }
      }
    }
  }

  /// The same steps in Float: within the amplified rounding error of every step.
  @Test(arguments: (try? OptimizerReference.load().runs) ?? [])
  func floatStaysNearTheReference(run: OptimizerReference.Run) throws {
    // The stopping rules of L-BFGS are below Float's resolution.
    guard run.optimizer != "LBFGS" else { return }
    let file = try OptimizerReference.load()
    var problem = try Problem<Float>(run.term(), start: file.function.start)
    for expected in run.params {
      _ = problem.step(file.function.constants)
      for (a, b) in zip(problem.workspace.elements(problem.optimizer.parameters), expected) {
        #expect(abs(Double(a) - b) <= 1e-5 * max(1, run.amplification), "\(run.name)")
      }
    }
  }
}

/// A function with parameters, gradient and optimizer in one workspace.
struct Problem<Element: Scalar> {
  var optimizer: Optimizer<Element>
  let workspace: Workspace<Element>

  init(_ term: Term, start: [Double], seed: UInt64 = 1) throws {
    var plan = WorkspacePlan()
    let parameters = plan.reserve(start.count)
    let gradient = plan.reserve(start.count)
    optimizer = try Optimizer(
      term, parameters: parameters, gradient: gradient, plan: &plan, seed: seed)
    workspace = try Workspace(plan)
    workspace.set(parameters, start.map { Element($0) })
  }

  var point: [Double] { workspace.elements(optimizer.parameters).map(\.double) }

  mutating func step(_ function: ([Double]) -> (Double, [Double])) -> (
    loss: Double, evaluations: Int
  ) {
    var evaluations = 0
    let workspace = workspace
    let (parameters, gradient) = (optimizer.parameters, optimizer.gradient)
    func evaluate() -> Double {
      evaluations += 1
      let (loss, slope) = function(workspace.elements(parameters).map(\.double))
      workspace.set(gradient, slope.map { Element($0) })
      return loss
    }
    guard optimizer.evaluation != .gradient else {
      let loss = evaluate()
      optimizer.step(workspace)
      return (loss, evaluations)
    }
    let loss = optimizer.step(workspace, evaluate: evaluate)
    return (loss, evaluations)
  }

  mutating func step(_ constants: OptimizerReference.Constants) -> (loss: Double, evaluations: Int)
  {
    step { constants.evaluate($0) }
  }
}

struct OptimizerReference: Decodable {
  struct Function: Decodable {
    var constants: Constants
    var start: [Double]
    var value_at_start: Double
    var gradient_at_start: [Double]
  }

  struct Constants: Decodable {
    var c1, c2, c3, c4: Double

    /// The loss and its gradient, the products and sums in the order of reverse accumulation, which
    /// the reference used: L-BFGS magnifies the difference of another order a thousand times.
    func evaluate(_ p: [Double]) -> (loss: Double, gradient: [Double]) {
      let (x, y, z) = (p[0], p[1], p[2])
      let valley = y - x * x
      let dvalley = c1 * (2 * valley)
      let dwave = c4 * cos(y + z)
      let loss =
        (1 - x) * (1 - x) + c1 * valley * valley + c2 * (1 - cos(z)) + c3 * x * z
        + c4 * sin(y + z)
      let dx = -(2 * (1 - x)) + (-dvalley * (2 * x) + c3 * z)
      return (loss, [dx, dvalley + dwave, c2 * sin(z) + (c3 * x + dwave)])
    }
  }

  struct Run: Decodable, CustomTestStringConvertible, Sendable {
    var optimizer: String
    var name: String
    var settings: [String: Setting]
    var amplification: Double
    var params: [[Double]]
    var loss_before_step: [Double]?
    var evaluations: [Int]?
    var ax: [[Double]]?

    var testDescription: String { name }

    /// The registry's term for PyTorch's name and settings; a setting without counterpart throws.
    func term() throws -> Term {
      let own = try #require(Self.names[optimizer], "no optimizer corresponds to \(optimizer)")
      var arguments: [String: Argument] = [:]
      for (setting, value) in settings {
        if setting == "maximize", value == .flag(false) { continue }
        if value == .null { continue }
        let parameter = Self.parameters[setting] ?? setting
        arguments[parameter] = try value.argument(of: setting)
      }
      return try Registry.term(.optimizer, own, arguments)
    }

    static let names = [
      "SGD": "sgd", "Adagrad": "adagrad", "RMSprop": "rmsprop", "Adam": "adam", "AdamW": "adamw",
      "Adamax": "adamax", "NAdam": "nadam", "RAdam": "radam", "Adadelta": "adadelta",
      "Rprop": "rprop", "ASGD": "asgd", "LBFGS": "lbfgs", "Quickprop": "quickprop", "Lion": "lion",
      "SAM": "sam", "AdaBelief": "adabelief", "Yogi": "yogi", "SignSGD": "signsgd",
    ]
    /// Where the registry's name differs from PyTorch's.
    static let parameters = [
      "lr": "rate", "eps": "epsilon", "initial_accumulator_value": "initial_accumulator",
      "decoupled_weight_decay": "decoupled", "lambd": "lambda", "max_iter": "iterations",
      "history_size": "history", "tolerance_grad": "tolerance_gradient",
      "line_search_fn": "line_search", "etaminus": "eta_minus", "etaplus": "eta_plus",
    ]
  }

  var function: Function
  var runs: [Run]

  static func load() throws -> OptimizerReference {
    try referenceFile("optimizers.json")
  }
}

/// A value of a reference file's settings.
enum Setting: Decodable, Hashable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case word(String)
  case numbers([Double])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([Double].self) {
      self = .numbers(value)
    } else {
      self = .word(try container.decode(String.self))
    }
  }

  struct HasNoValue: Error { var setting: String }

  func argument(of setting: String) throws -> Argument {
    switch self {
    case .null: throw HasNoValue(setting: setting)
    case .flag(let value): .flag(value)
    case .number(let value): .number(value)
    case .word(let value): .word(value)
    case .numbers(let values): .numbers(values)
    }
  }
}

/// A file of the reference folder, or of the folder that `SITEGEN_REFERENCE` names.
func referenceFile<Value: Decodable>(_ name: String) throws -> Value {
  let folder = Repository.data("SITEGEN_REFERENCE", "reference")
  return try JSONDecoder().decode(
    Value.self, from: Data(contentsOf: URL(filePath: folder + "/" + name)))
}
