import Tensors
import Testing

@testable import NeuralNetworks

/// Every entry of `initializers.json`: the bound or the width of each draw, computed from the draw
/// and the random number that it was made from, and the matrices that are not drawn.
@Suite struct InitializerReferenceTests {
  static let file = try? Reference.file("initializers")
  private static func indices(_ key: String) -> Range<Int> { 0..<(file?[key].list.count ?? 0) }

  @Test func theFileIsThere() throws {
    let file = try #require(Self.file)
    for key in ["shapes", "dirac", "sparse", "orthogonal"] { #expect(!file[key].list.isEmpty) }
  }

  private func values(
    _ text: String, _ shape: [Int], gain: Double = 1
  ) throws -> [Double] {
    var generator = Generator(seed: 7, purpose: "initializer test")
    return try Initializer(term: Written.term(.initializer, text)).values(
      ParameterSpec(name: "weight", shape: Shape(shape)), .init(gain: gain), &generator)
  }

  /// Half the width of the interval that an initializer draws from.
  private func bound(_ text: String, _ shape: [Int], gain: Double = 1) throws -> Double {
    var generator = Generator(seed: 7, purpose: "initializer test")
    return try values(text, shape, gain: gain)[0] / (2 * generator.uniform() - 1)
  }

  /// The standard deviation of the normal distribution that an initializer draws from, before
  /// truncation.
  private func width(
    _ text: String, _ shape: [Int], gain: Double = 1, truncated: Bool = false
  ) throws -> Double {
    var generator = Generator(seed: 7, purpose: "initializer test")
    let draw = truncated ? generator.truncatedNormal() : generator.normal()
    return try values(text, shape, gain: gain)[0] / draw
  }

  private func expect(_ found: Double, _ expected: Reference, _ what: String) {
    let difference = excess([found], [expected.number], relative: 1e-13, absolute: 0)
    #expect(difference == nil, "\(expected.path), \(what): \(difference ?? "")")
  }

  /// The gain of an activation by its name; 1 for other names.
  private func gain(of name: String, slope: Double) throws -> Double {
    if name == "leaky_relu" { return LeakyReLU(slope: slope).gain }
    guard let activation = Activation.named(name) else { return 1 }
    return try activation.function(activation.entry.term()).gain
  }

  @Test func gains() throws {
    let file = try #require(Self.file)
    let gains = file["calculate_gain"]
    for name in gains.keys {
      // The layers that PyTorch names among the activations have a gain of 1.
      let (activation, slope) =
        name.hasPrefix("leaky_relu_default_")
        ? ("leaky_relu", try #require(Double(name.dropFirst("leaky_relu_default_".count))))
        : (name, 0.01)
      try expect(gain(of: activation, slope: slope), gains[name], name)
    }
    for item in file["calculate_gain_leaky"].list {
      try expect(
        gain(of: "leaky_relu", slope: item["slope"].number), item["gain"], "leaky_relu")
    }
    let truncation = file["truncation"]
    for key in truncation.keys where key != "formula" {
      expect(Initializer.truncatedDeviation, truncation[key], key)
    }
  }

  @Test(arguments: indices("shapes"))
  func boundsAndWidths(index: Int) throws {
    let item = try #require(Self.file)["shapes"].list[index]
    let shape = item["shape"].integers
    let fans = Initializer.Fans(Shape(shape))
    expect(fans.fanIn, item["fan_in"], "fan_in")
    expect(fans.fanOut, item["fan_out"], "fan_out")
    for row in item["torch_xavier"].list {
      let gain = row["gain"].number
      for text in ["gain=\(gain)", "activation_gain=true"] {
        try expect(
          bound("glorot_uniform \(text)", shape, gain: gain), row["uniform_bound"], text)
        try expect(width("glorot_normal \(text)", shape, gain: gain), row["normal_std"], text)
      }
    }
    for row in item["torch_kaiming"].list {
      let (mode, name) = (row["mode"].text, row["nonlinearity"].text)
      try expect(gain(of: name, slope: row["a"].number), row["gain"], name)
      let scale = row["gain"].number * row["gain"].number
      let scaled = "variance_scaling \(scale) mode=\(mode) distribution="
      try expect(bound(scaled + "uniform", shape), row["uniform_bound"], name)
      try expect(width(scaled + "untruncated_normal", shape), row["normal_std"], name)
      guard name.hasSuffix("relu") else { continue }
      let he = "slope=\(name == "relu" ? 0 : row["a"].number) mode=\(mode)"
      try expect(bound("he_uniform \(he)", shape), row["uniform_bound"], he)
      try expect(width("he_normal \(he)", shape), row["normal_std"], he)
    }
    for row in item["keras"].list {
      let text =
        "variance_scaling \(row["scale"].number) mode=\(row["mode"].text) distribution="
      expect(fans.of(row["mode"].text), row["fan"], text)
      try expect(bound(text + "uniform", shape), row["uniform_limit"], text)
      try expect(
        width(text + "untruncated_normal", shape), row["untruncated_normal_std"], text)
      let cut = try width(text + "truncated_normal", shape, truncated: true)
      expect(cut, row["truncated_normal_sigma"], text)
      expect(2 * cut, row["truncated_normal_cut"], text)
      expect(cut * Initializer.truncatedDeviation, row["target_std"], text)
      let name = row["name"].text
      guard ["lecun", "he", "glorot"].contains(name) else { continue }
      try expect(
        width("\(name)_normal truncated=true", shape, truncated: true),
        row["truncated_normal_sigma"], name)
    }
    let layer = item["torch_default_layer"]
    try expect(bound("torch_default", shape), layer["weight_uniform_bound"], "torch_default")
    expect(1 / fans.fanIn.squareRoot(), layer["bias_uniform_bound"], "biases")
    try expect(bound("lecun_uniform", shape), item["lecun"]["uniform_bound"], "lecun_uniform")
    try expect(width("lecun_normal", shape), item["lecun"]["normal_std"], "lecun_normal")
  }

  @Test(arguments: indices("dirac"))
  func dirac(index: Int) throws {
    let item = try #require(Self.file)["dirac"].list[index]
    let shape = item["shape"].integers
    var expected = [Double](repeating: 0, count: shape.reduce(1, *))
    for place in item["ones_at"].list.map(\.integers) {
      expected[zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 }] = 1
    }
    #expect(try values("dirac \(item["groups"].integer)", shape) == expected)
  }

  @Test(arguments: indices("sparse"))
  func sparse(index: Int) throws {
    let item = try #require(Self.file)["sparse"].list[index]
    let shape = item["shape"].integers
    let columns = shape[1]
    let weights = try values(
      "sparse \(item["sparsity"].number) std=\(item["std_of_the_rest"].number)", shape)
    for column in 0..<columns {
      let zeros = (0..<shape[0]).count { weights[$0 * columns + column] == 0 }
      #expect(zeros == item["zeros_per_column"].integer, "column \(column)")
    }
    let rest = weights.filter { $0 != 0 }
    let square = rest.reduce(0) { $0 + $1 * $1 } / Double(rest.count)
    let variance = item["std_of_the_rest"].number * item["std_of_the_rest"].number
    #expect(abs(square / variance - 1) < 4 * (2 / Double(rest.count)).squareRoot())
  }

  @Test(arguments: indices("orthogonal"))
  func orthogonal(index: Int) throws {
    let item = try #require(Self.file)["orthogonal"].list[index]
    let size = item["matrix"].integers
    let (rows, columns) = (size[0], size[1])
    let gain = item["gain"].number
    let weights = try values("orthogonal \(gain)", item["shape"].integers)
    let byRows = item["holds"].text.contains("rows")
    #expect(byRows == (rows <= columns))
    let order = item["order"].integer
    for i in 0..<order {
      for j in 0..<order {
        var dot = 0.0
        for k in 0..<rows * columns / order {
          dot +=
            byRows
            ? weights[i * columns + k] * weights[j * columns + k]
            : weights[k * columns + i] * weights[k * columns + j]
        }
        #expect(abs(dot - (i == j ? gain * gain : 0)) < 1e-14)
      }
    }
    expect(
      weights.reduce(0) { $0 + $1 * $1 }.squareRoot(), item["frobenius_norm"], "norm")
  }
}
