import Diagnostics
import Experiments
import NeuralNetworks
import Testing

/// Extreme numbers in every place where a number is allowed: a block is parsed, run and drawn, or
/// rejected with a range. A trap would end this process.
@Suite struct ExtremeValueTests {
  static let values = [
    "0", "-0", "1", "-1", "2", "0.5", "1e-320", "-1e-320", "1e-308", "1e308", "-1e308", "1e39",
    "1e400", "nan", "inf", "-inf", "2147483648", "4294967296", "9007199254740992",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e300", "[]", "[0]",
    "[1, 2]", "[1e308, -1e308, 1e-320]", "[4294967296, 4294967296]", "[1e300, 2]",
    String(repeating: "9", count: 400),
    "[" + [String](repeating: "1", count: 300).joined(separator: ", ") + "]",
  ]

  static let entries: [RegistryEntry] = Kind.allCases.flatMap { Registry.entries(of: $0) }

  /// Blocks that contain a term of the given kind.
  private static func blocks(_ kind: Kind, _ term: String) -> [String] {
    let inner = term.replacing(" ", with: "(", maxReplacements: 1) + (term.contains(" ") ? ")" : "")
    return switch kind {
    case .activation:
      [
        "plot: \"\(term)\"\nderivatives: true", "plot: \"\(term)\"\nx: -1e-320..1e-320",
        "signal: [dense 4, \"\(term)\", dense 2]\nbatch: 8\nshow: [variance, histograms, table]",
        "train: [dense 4, \"\(term)\", dense 1]\ndata: moons samples=12\nsteps: 2\nshow: boundary",
      ]
    case .initializer:
      [
        "signal: [\"dense 3 init=\(inner)\", tanh, dense 2]\nbatch: 8\nshow: [histograms, weights]",
        "train: [\"dense 3 bias_init=\(inner)\", tanh, dense 1]\ndata: linear samples=12\nsteps: 2",
      ]
    case .layer:
      ["6", "4x6", "2x6x6"].map { "diagram: [\"\(term)\"]\ninput: \($0)" }
        + ["train: [\"\(term)\", dense 1]\ndata: moons samples=12\nsteps: 2\nshow: [loss, summary]"]
    case .loss:
      [
        "train: [dense 3]\ndata: blobs samples=12 classes=3\nsteps: 2\nloss: \"\(term)\"",
        "train: [dense 1]\ndata: moons samples=12\nsteps: 2\nloss: \"\(term)\"",
        "train: [dense 1]\ndata: linear samples=12\nsteps: 2\nshow: fit\nloss: \"\(term)\"",
      ]
    case .optimizer:
      ["train: [dense 3, tanh, dense 1]\ndata: moons samples=12\nsteps: 3\noptimizer: \"\(term)\""]
    case .schedule:
      [
        "plot: \"\(term)\"\nepochs: 7",
        "train: [dense 1]\ndata: moons samples=12\nepochs: 3\nschedule: \"\(term)\"\nshow: schedule",
      ]
    case .dataset:
      ["dataset: \"\(term)\"", "dataset: \"\(term)\"\nshow: [histograms, boxes, table]"]
        + [
          "train: [dense 1]\ndata: \"\(term)\"\nsteps: 2\nshow: [loss, boundary]",
          "train: [dense 1]\ndata: \"\(term)\"\nsteps: 2\nshow: fit",
        ]
    case .pretraining:
      ["train: [dense 3, tanh, dense 1]\ndata: moons samples=12\nsteps: 2\npretrain: \"\(term)\""]
    case .stopping:
      ["train: [dense 1]\ndata: moons samples=12\nepochs: 2\nstop: \"\(term)\""]
    }
  }

  @Test(arguments: entries) func argumentsEndInAResultOrAMistake(entry: RegistryEntry) async {
    var blocks: [String] = []
    let required = entry.parameters.filter(\.isRequired)
    func usual(_ parameter: Parameter) -> String {
      switch parameter.type {
      case .numbers: parameter.name == "shape" ? "[6]" : "[1, 2]"
      case .text: "moons"
      default: "2"
      }
    }
    for parameter in entry.parameters {
      switch parameter.type {
      case .integer, .number, .numbers: break
      default: continue
      }
      let others = required.filter { $0.name != parameter.name }
        .map { " \($0.name)=\(usual($0))" }.joined()
      for value in Self.values {
        blocks += Self.blocks(entry.kind, "\(entry.name)\(others) \(parameter.name)=\(value)")
      }
    }
    await Self.run(blocks)
  }

  /// Every loss with every kind of target, with valid and invalid numbers of outputs.
  @Test(arguments: Registry.entries(of: .loss))
  func lossesMeetTheirTargetsOrRefuseThem(entry: RegistryEntry) async {
    let data = [
      "moons samples=12", "blobs samples=12 classes=3", "linear samples=12", "copy samples=4",
      "values features=1 x=[1, 2, 3] y=[0, 1, 0.5, 1, 1, 0]",
      "values features=2 kind=classes x=[1, 2, 3, 4] y=[0, 5]",
      "values features=2 kind=classes x=[1, 2, 3, 4] y=[0, 0]",
      "copy length=1 pause=0 samples=4",
    ]
    var blocks: [String] = []
    for set in data {
      for outputs in [1, 2, 3, 6, 12] {
        for show in ["[confusion, predictions]", "boundary", "fit", "[loss, accuracy, table]"] {
          let network =
            set.hasPrefix("copy") ? "embedding 3, each \(outputs)" : "dense \(outputs)"
          blocks.append(
            "train: [\(network)]\ndata: \(set)\nloss: \(entry.name)\nsteps: 2\nshow: \(show)")
        }
      }
    }
    await Self.run(blocks)
  }

  static let subjects: [Verb: String] = [
    .plot: "plot: [relu, tanh]", .train: "train: [dense 2, tanh, dense 1]\ndata: moons samples=12",
    .signal: "signal: [dense 4, tanh, dense 2]", .check: "check: [dense 2, tanh, dense 1]",
    .trace: "trace: [dense 2, tanh, dense 1]", .graph: "graph: x ^ y / sin(x)\nat: {x: 1, y: 2}",
    .diagram: "diagram: [dense 2]", .list: "list: losses", .dataset: "dataset: moons samples=12",
  ]

  @Test(arguments: Verb.allCases) func optionsEndInAResultOrAMistake(verb: Verb) async {
    var blocks: [String] = []
    for option in BlockOption.all where option.verbs.contains(verb) {
      for value in Self.values {
        // Values within the bounds of `epochs` and `steps` may take long.
        blocks.append("\(Self.subjects[verb]!)\n\(option.name): \(value)")
        if case .range = option.type {
          for other in Self.values {
            blocks.append("\(Self.subjects[verb]!)\nx: \(value)..\(other)")
          }
        }
      }
    }
    for value in Self.values {
      blocks.append("graph: x ^ y / sin(x) + log(x)\nat: {x: \(value), y: 2}")
      blocks.append("graph: x ^ y * exp(x) - y\nat: {x: 2, y: \(value)}")
      blocks.append("graph: \(value) + x")
      blocks.append("diagram: [{repeat \(value): [{branches: [[], []]}]}]")
      blocks.append("diagram: [{repeat \(value): [{repeat \(value): [dense 2]}]}]")
      blocks.append("diagram: [dense 2]\ninput: \(value)x\(value)")
      blocks.append("plot: relu\nexpect: greatest[function=relu] within \(value)..\(value)")
      blocks.append("plot: relu\nexpect: least > \(value) / 0 - \(value)")
    }
    await Self.run(blocks)
  }

  @Test func sizesMultiplyIntoAMistake() async {
    let conv = "conv 65536 kernel=64"
    await Self.run([
      "diagram: [{repeat 63: [{branches: [[], []]}]}]",
      "diagram: [{repeat 20: [{branches: [[], []]}]}]",
      "diagram: [\"reshape [4294967296, 4294967296]\"]", "diagram: [\"reshape [1e300, 2]\"]",
      "diagram: [\"reshape [1.5, 2]\"]\ninput: 3", "diagram: [{repeat 50: [dense 1000000]}]",
      "diagram: [\(conv), \(conv), \(conv)]\ninput: 1x1000x1000",
      "diagram: [{repeat 9: [conv_transpose 65536 kernel=64 stride=64]}]\ninput: 1x100x100",
      "diagram: [lstm 65536, lstm 65536]\ninput: 1000000x1",
      "diagram: [attention]\ninput: 10000x10000",
      "diagram: [flatten, \"prelu per_channel=true\"]\ninput: 1x10000x10000",
      "diagram: [{repeat 100000: [{repeat 100000: [{repeat 100000: [tanh]}]}]}]",
      "train: [dense 3]\ndata: blobs samples=50 classes=3\nloss: cross_entropy weight=[0.5, 2]",
      "train: [dense 3]\ndata: blobs samples=50 classes=3\nloss: nll weight=[1]",
      "train: [embedding 2 symbols=3, flatten, dense 1]\ndata: moons samples=12\nshow: boundary",
      "train: [dense 1]\ndata: moons samples=50 noise=1e300\nepochs: 2\nshow: [loss, boundary]",
      "signal: [{repeat 3: [\"dense 10 init=normal(std=1e38)\"]}]\nshow: [histograms, variance]",
    ])
  }

  @Test func whatIsNestedOrLongEndsInAMistake() async {
    func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    await Self.run([
      "graph: " + many("(", 20_000) + "x" + many(")", 20_000), "graph: " + many("-", 30_000) + "x",
      "graph: x" + many("+x", 30_000), "graph: x" + many("^x", 30_000),
      "graph: x" + many("*x", 30_000), "graph: " + many("abs(", 10_000) + "x",
      "plot: relu\nexpect: 1" + many("+1", 30_000) + " > 0",
      "plot: relu\nexpect: " + many("(", 30_000) + "1",
      "diagram: " + many("[", 30_000), "diagram: " + many("{residual: [", 5000),
      "diagram: " + many("[", 60) + "tanh" + many("]", 60),
      "plot: relu\ncaption: \"" + many("[", 20_000) + "\"",
      "plot: relu\ncaption: \"" + many("$\\\\hat", 5_000) + "\"",
      "plot: $f\nvary: {f: [relu, tanh]}\nalt: " + many("{", 30_000),
      "plot: \"relu" + many(" a=", 10_000) + "\"", "list: [" + many("relu, ", 8_000) + "]",
      "dataset: values x=[1, 2] y=[1, 2] " + many("features=1 ", 3_000),
    ])
  }

  private static func run(_ blocks: [String]) async {
    var kept: [Experiment] = []
    for block in blocks {
      let article = Article(block: block)
      let settings = ExperimentSettings(limit: 2e6)
      let (experiments, diagnostics) = article.read(settings: settings, files: .none)
      #expect(experiments.count == article.blocks.count)
      for diagnostic in diagnostics {
        #expect(
          (diagnostic.range ?? 0..<0).upperBound <= article.file.bytes.count,
          "\(diagnostic)\n\(block.prefix(200))")
      }
      guard let experiment = experiments.first.flatMap(\.self) else {
        #expect(!diagnostics.isEmpty, "refused without a word: \(block.prefix(200))")
        continue
      }
      kept.append(experiment)
    }
    let (results, _) = await ExperimentRunner().run(kept)
    for case let result? in results {
      #expect(result.figure(FigureContext()).contains("<figure"), "\(result.text.prefix(200))")
      _ = (result.json, result.csv, result.text, result.formulas)
    }
  }
}
