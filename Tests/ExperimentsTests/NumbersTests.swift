import Experiments
import Storage
import TestSupport
import Testing

/// Every verb that inspects a network, on examples small enough to compute by hand.
///
/// The data are four samples, x = 1, 2, 3, 4, with target 0. One unit of weight 2 without bias
/// gives 2, 4, 6, 8; their mean squared error is (4 + 16 + 36 + 64) / 4 = 30.
@Suite struct NumbersTests {
  private static let files = DataFiles {
    $0 == "line.csv"
      ? .success(Array("x,y\n1,0\n2,0\n3,0\n4,0\n".utf8)) : .failure(.notFound(path: $0))
  }

  private static func run(_ block: String) async throws -> Run {
    let run = await Article(block: block).run(files: files)
    #expect(run.diagnostics.isEmpty, "\(run.diagnostics)")
    return try #require(run.results.first?.outcome.runs.first)
  }

  private static let unit = "[dense 1]\ndata: csv line.csv target=y\ninit: constant value=2\n"

  /// dE/dw = 2/4 Σ (2x)·x = 30; dE/dz = 2·2x/4 = x, with norm √30.
  @Test func aSignalThroughOneUnit() async throws {
    let run = try await Self.run("signal: \(Self.unit)batch: 4")
    func metric(_ name: String) -> Double? { run.metrics.first { $0.name == name }?.value }
    #expect(metric("loss") == 30)
    #expect(metric("mean") == 5)
    #expect(metric("variance") == 5)
    #expect(metric("active") == 1)
    #expect(metric("weight") == 2)
    #expect(metric("gradient") == 30)
    #expect(abs(try #require(metric("delta")) - 30.squareRoot()) < 1e-6)
    #expect(metric("units") == 1)
  }

  /// A rectifier after weights of −1 outputs zeros and propagates no gradient.
  @Test func aSignalThatDies() async throws {
    let run = try await Self.run(
      "signal: [dense 3, relu, dense 1]\ndata: csv line.csv target=y\ninit: constant value=-1\nbatch: 4"
    )
    func first(_ name: String) -> Double? {
      run.metrics.first { $0.name == name && $0.selectors == [.init("layer", "1")] }?.value
    }
    #expect(first("active") == 0)
    #expect(first("sparsity") == 1)
    #expect(first("variance") == 0)
    #expect(first("gradient") == 0)
    // Three identical units count as one.
    #expect(first("distinct") == 1)
    #expect(run.metric("loss") == 0)
  }

  /// dE/dw = 30 as above, dE/db = 2/4 Σ 2x = 10.
  @Test func theGradientsOfOneUnit() async throws {
    let run = try await Self.run("check: \(Self.unit)batch: 4")
    let table = try #require(run.table("gradients"))
    #expect(table.words("parameter") == ["weight", "bias"])
    #expect(table.numbers("analytic") == [30, 10])
    let numeric = try #require(table.numbers("numeric"))
    for (value, expected) in zip(numeric, [30.0, 10]) {
      #expect(abs(value - expected) < 1e-8)
    }
    #expect(try #require(run.metric("error")) < 1e-9)
    #expect(run.metric("loss") == 30)
  }

  /// Two samples, 1 and 2: z = 2, 4; E = (4 + 16) / 2 = 10; dE/dz = 2, 4; dE/dw = 2·1 + 4·2 = 10;
  /// dE/db = 6. With rate 0.1, w = 1 and b = −0.6, so z = 0.4, 1.4 and E = (0.16 + 1.96) / 2.
  @Test func aWorkedExample() async throws {
    let run = try await Self.run("trace: \(Self.unit)batch: 2\noptimizer: sgd rate=0.1")
    let symbols = try #require(run.table("matrices")?.words("symbol"))
    let passes = try #require(run.table("matrices")?.words("pass"))
    func value(_ symbol: String, _ pass: String) -> [Double]? {
      zip(zip(symbols, passes), run.grids).first { $0.0 == (symbol, pass) }?.1.values
    }
    #expect(value("x", "forward") == [1, 2])
    #expect(value("z^{(1)}", "forward") == [2, 4])
    #expect(value("E", "loss") == [10])
    let formulas = try #require(run.table("matrices")?.words("formula"))
    let ofLoss = zip(passes, formulas).filter { $0.0 == "loss" }.map(\.1)
    // In the symbols of this network, with the actual factor: means over two samples.
    #expect(
      ofLoss == [
        #"\text{the target}"#, #"\tfrac{1}{2}\sum (z^{(1)}-t)^2"#,
        #"\tfrac{1}{2} \cdot 2(z^{(1)}-t)"#,
      ])
    #expect(value("\\delta^{(1)}", "backward") == [2, 4])
    #expect(value("\\frac{\\partial E}{\\partial W^{(1)}}", "backward") == [10])
    #expect(value("\\frac{\\partial E}{\\partial b^{(1)}}", "backward") == [6])
    #expect(value("\\frac{\\partial E}{\\partial x}", "backward") == [4, 8])
    #expect(value("W^{(1)}", "update") == [1])
    #expect(abs(try #require(value("b^{(1)}", "update")?.first) + 0.6) < 1e-15)
    #expect(run.metric("loss") == 10)
    #expect(abs(try #require(run.metric("loss_after")) - 1.06) < 1e-14)
  }

  /// One training step gives the numbers of the same computation by hand.
  @Test func aTrainingOfOneStep() async throws {
    let run = try await Self.run(
      "train: \(Self.unit)batch: 4\ntest: 0\noptimizer: sgd rate=0.1\nsteps: 1")
    // w = 2 − 0.1·30 = −1, b = −0.1·10 = −1: outputs −2, −3, −4, −5, with mean square 13.5.
    #expect(run.metric("first.loss") == 30)
    #expect(run.metric("loss") == 13.5)
    #expect(run.metric("steps") == 1)
  }

  @Test func aDataSetIsCountedClassByClass() async throws {
    let run = try await Self.run("dataset: xor\nshow: [histograms, boxes, classes]")
    #expect(run.table("classes")?.numbers("samples") == [2, 2])
  }

  /// The chart of final numbers: boxes over repeats, bars for one run of each setting, grouped bars
  /// for two variables.
  @Test(arguments: [
    ("vary: {rate: [0.01, 0.05]}\nrepeats: 4", "box"),
    ("vary: {rate: [0.01, 0.05]}", "bar"),
    ("vary: {rate: [0.01, 0.05], act: [tanh, relu]}\nrepeats: 2", "bar"),
    ("repeats: 5", "box"),
  ])
  func whatSettingsEndAt(options: String, mark: String) async throws {
    let unit = "train: [dense 4, \(options.contains("act") ? "$act" : "tanh"), dense 1]"
    let rate = options.contains("rate") ? "$rate" : "0.05"
    let article = Article(
      block:
        "\(unit)\ndata: moons samples=40\noptimizer: sgd rate=\(rate)\nepochs: 2\nshow: final\n"
        + options)
    let run = await article.run()
    #expect(run.diagnostics.isEmpty, "\(run.diagnostics)")
    let html = try #require(run.results.first).figure(FigureContext())
    #expect(html.contains("data-kind=\"rows\""))
    #expect(html.contains(": median 0.") == (mark == "box"))
    #expect(html.contains("accuracy, held out"))
  }

  @Test func aProductOfASum() async throws {
    let run = try await Self.run("graph: (x + y) * z\nat: {x: -2, y: 5, z: -4}")
    #expect(run.table("nodes")?.words("name") == ["x", "y", "+", "z", "×"])
    #expect(run.table("nodes")?.numbers("value") == [-2, 5, 3, -4, -12])
    #expect(run.table("nodes")?.numbers("gradient") == [-4, -4, -4, 3, 1])
    #expect(run.table("edges")?.numbers("gradient") == [-4, -4, -4, 3])
  }

  /// The gradient of a variable used twice is a sum: d(x·x + x)/dx = 2x + 1.
  @Test func whatIsUsedTwiceAddsUp() async throws {
    let run = try await Self.run("graph: x * x + x\nat: {x: 3}")
    #expect(run.metric("value") == 12)
    #expect(run.metrics.first { $0.name == "gradient" }?.value == 7)
  }

  /// A logistic unit at z = 1: s = 1 / (1 + 1/e), ds/dz = s (1 − s).
  @Test func aLogisticUnit() async throws {
    let run = try await Self.run(
      "graph: 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))\nat: {w0: 2, x0: -1, w1: -3, x1: -2, w2: -3}")
    let s = 0.731058578630004879
    #expect(abs(try #require(run.metric("value")) - s) < 1e-15)
    for (name, factor) in [("w0", -1.0), ("x0", 2), ("w1", -2), ("x1", -3), ("w2", 1)] {
      let gradient = run.metrics.first { $0.selectors == [.init("of", name)] }?.value
      #expect(abs(try #require(gradient) - factor * s * (1 - s)) < 1e-15, "\(name)")
    }
  }

  /// A 3 × 3 filter on one channel has 9 weights and a bias; eight of them have 80 parameters. On 8
  /// channels: 8·(72 + 1) = 584. Ten units on 8·8·8 = 512 inputs: 5130.
  @Test func aDiagramCountsParameters() async throws {
    let run = try await Self.run(
      "diagram: [conv 8, relu, {residual: [conv 8, relu]}, flatten, dense 10]\ninput: 1x8x8")
    let table = try #require(run.table("summary"))
    #expect(
      table.words("name") == [
        "conv 8", "relu", "conv 8", "relu", "residual", "flatten", "dense 10",
      ])
    #expect(table.numbers("parameters") == [80, 0, 584, 0, 0, 0, 5130])
    #expect(table.words("output")?.last == "10")
    #expect(run.metric("parameters") == 5794)
    // One multiply-add for each of 72 weights at each of 64 positions.
    #expect(table.numbers("multiply_adds")?.first == 4608)
  }

  @Test func theExtremesOfACurve() async throws {
    let run = try await Self.run("plot: [sigmoid, relu]\nx: -2..2\npoints: 5")
    let table = try #require(run.table("curves"))
    #expect(table.numbers("x") == [-2, -1, 0, 1, 2])
    #expect(table.numbers("relu") == [0, 0, 0, 1, 2])
    #expect(table.numbers("sigmoid")?[2] == 0.5)
    let steepest = run.metrics.filter { $0.name == "steepest" }.map(\.value)
    #expect(steepest == [0.25, 1])
  }

  /// Equal work is done once, but each curve has the name used in its own block.
  @Test func aCurveIsNamedAsItsBlockNamesIt() async throws {
    let article = Article("```nn a\nplot: [silu]\n```\n\n```nn b\nplot: [swish]\n```\n")
    let run = await article.run()
    let names = run.results.map { $0.outcome.runs[0].tables[0].columns[1].name }
    #expect(names == ["silu", "swish"])
  }

  @Test func aDatasetIsSummedUp() async throws {
    let run = try await Self.run("dataset: csv line.csv target=y")
    let table = try #require(run.table("columns"))
    #expect(table.words("name") == ["x", "y"])
    #expect(table.numbers("mean") == [2.5, 0])
    #expect(table.numbers("deviation")?[0] == 1.25.squareRoot())
    #expect(table.numbers("minimum") == [1, 0])
    #expect(table.numbers("maximum") == [4, 0])
  }
}
