import Tensors
import Testing

@testable import NeuralNetworks

/// Every entry of `activations.json`, in Double.
@Suite struct ActivationReferenceTests {
  static let file = try? Reference.file("activations")
  private static func indices(_ key: String) -> Range<Int> { 0..<(file?[key].list.count ?? 0) }

  /// The registry's names of parameters where the file's differ.
  private static let parameterNames = ["prelu": ["a": "slope"], "brelu_bounded": ["A": "bound"]]
  /// The registry's names of activations that the file names by mode.
  private static let names = ["rrelu_eval": "rrelu"]

  @Test func theFileIsThere() throws {
    let file = try #require(Self.file)
    for key in ["scalar", "parametric", "vector"] { #expect(!file[key].list.isEmpty) }
  }

  private func function(_ entry: Reference) throws -> ScalarFunction {
    let name = entry["name"].text
    let found = try #require(
      Registry.entry(.activation, Self.names[name] ?? name), "no activation for \(name)")
    var arguments: [String: Argument] = [:]
    if name == "selu" {
      #expect(entry["params"]["scale"].number == ELU.seluScale)
      #expect(entry["params"]["alpha"].number == ELU.seluAlpha)
    } else {
      for key in entry["params"].keys {
        let value = entry["params"][key]
        // gelu's forms have names of their own here.
        if key == "approximate" {
          #expect(value.text == (name == "gelu" ? "none" : "tanh"))
          continue
        }
        arguments[Self.parameterNames[name]?[key] ?? key] =
          value.isNumber ? .number(value.number) : .numbers(value.numbers)
      }
    }
    return try #require(ScalarFunction(found.term(arguments)), "\(name) is no function of a number")
  }

  @Test(arguments: indices("scalar"))
  func valuesAndDerivatives(index: Int) throws {
    let entry = try #require(Self.file)["scalar"].list[index]
    let function = try function(entry)
    let x = entry["x"].numbers
    let name = entry["name"].text
    let value = excess(
      x.map { function.value($0) }, entry["value"].numbers, absolute: entry["atol_value"].number)
    #expect(value == nil, "\(name): value \(value ?? "")")
    let slope = excess(
      x.map { function.derivative($0) }, entry["derivative"].numbers,
      absolute: entry["atol_derivative"].number)
    #expect(slope == nil, "\(name): derivative \(slope ?? "")")
  }

  @Test(arguments: indices("scalar"))
  func kinks(index: Int) throws {
    let entry = try #require(Self.file)["scalar"].list[index]
    guard let kinks = entry.optional("kinks") else { return }
    let function = try function(entry)
    for kink in kinks.list {
      let x = kink["x"].number
      #expect(
        excess([function.value(x)], [kink["value"].number], absolute: 1e-15) == nil,
        "\(entry["name"].text) at \(x)")
      let found = function.derivative(x)
      #expect(
        excess([found], [kink["derivative"].number], absolute: 1e-12) == nil,
        "\(entry["name"].text): derivative \(found) at \(x), not \(kink["derivative"].number)")
      // Both sides, one step away, where a smooth piece changes by about as much.
      for (side, key) in [(-1e-9, "left"), (1e-9, "right")] {
        #expect(
          abs(function.derivative(x + side) - kink[key].number) < 1e-7,
          "\(entry["name"].text): \(key) of \(x)")
      }
    }
  }

  @Test(arguments: indices("parametric"))
  func trainedParameters(index: Int) throws {
    let entry = try #require(Self.file)["parametric"].list[index]
    let input = entry["input"]
    let name = entry["name"].text
    // All numbers are one sample, except where there is a slope for each channel.
    let shape =
      name == "prelu_per_channel"
      ? Shape(Array(input.shape.dropFirst())) : Shape(input.numbers.count)
    let rows = input.numbers.count / shape.count
    let form: TrainedActivation.Form
    let order: [String]
    switch name {
    case "prelu_shared", "prelu_per_channel":
      form = .prelu(channels: entry["params"]["a"].numbers.count)
      order = ["a"]
    case "srelu":
      form = .srelu
      order = ["tl", "al", "tr", "ar"]
    case "apl":
      form = .apl(hinges: entry["params"]["a"].numbers.count)
      order = ["a", "b"]
    case "swish":
      form = .swish
      order = ["beta"]
    case "soft_exponential":
      form = .softExponential
      order = ["alpha"]
    default:
      Issue.record("no trained activation for \(name)")
      return
    }
    let start = order.flatMap { entry["params"][$0].numbers }
    let layer = TrainedActivation(output: shape, form: form, start: start)
    let single = try SingleLayer<Double>(layer, input: shape, rows: rows)
    single.set(order.map { entry["params"][$0].numbers })
    let y = excess(single.forward(input.numbers), entry["output"].numbers)
    #expect(y == nil, "\(name): output \(y ?? "")")
    let (dx, gradients) = single.backward(entry["cotangent"].numbers)
    let difference = excess(dx, entry["grad_input"].numbers)
    #expect(difference == nil, "\(name): dx \(difference ?? "")")
    for (key, gradient) in zip(order, gradients) {
      let difference = excess(gradient, entry["grad_params"][key].numbers)
      #expect(difference == nil, "\(name): \(key) \(difference ?? "")")
    }
  }

  @Test(arguments: indices("vector"))
  func vectors(index: Int) throws {
    let entry = try #require(Self.file)["vector"].list[index]
    let input = entry["input"]
    let name = entry["name"].text
    let words = [
      "softmax_axis1_nchw": "softmax", "log_softmax_axis1_nchw": "log_softmax",
      "softmin_axis1_nchw": "softmin", "softmax_temperature": "softmax", "maxout_pairs": "maxout",
    ]
    let found = try #require(
      Registry.entry(.activation, words[name] ?? name), "no activation for \(name)")
    var arguments: [String: Argument] = [:]
    if let temperature = entry["params"].optional("T") {
      arguments["temperature"] = .number(temperature.number)
    }
    if let pieces = entry["params"].optional("pieces") {
      arguments["pieces"] = .integer(pieces.integer)
    }
    let shape = Shape(Array(input.shape.dropFirst()))
    let layer = try LayerFactory.layer(
      found.term(arguments), input: shape, symbolCount: nil, path: LayerPath())
    let single = try SingleLayer<Double>(layer, input: shape, rows: input.shape[0])
    let y = excess(single.forward(input.numbers), entry["output"].numbers, absolute: 1e-15)
    #expect(y == nil, "\(name): output \(y ?? "")")
    let dx = excess(
      single.backward(entry["cotangent"].numbers).dx, entry["vjp"].numbers, absolute: 1e-15)
    #expect(dx == nil, "\(name): vjp \(dx ?? "")")
  }
}
