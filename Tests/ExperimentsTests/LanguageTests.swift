import Diagnostics
import Experiments
import Foundation
import JSON
import Testing

@Suite struct LanguageTests {
  @Test func theSchemaIsJSONAndKnowsEveryVerbAndOption() throws {
    let schema = try #require(JSON(LanguageReference.schema))
    let verbs = try #require(schema["oneOf"]?.items)
    #expect(verbs.compactMap { $0["title"]?.string } == Verb.allCases.map(\.rawValue))
    for (verb, schema) in zip(Verb.allCases, verbs) {
      let properties = schema["properties"]?.members?.map(\.name) ?? []
      #expect(properties == [verb.rawValue] + BlockOption.names(for: verb))
    }
  }

  @Test func everyEntryOfTheCatalogueCanBeListed() async {
    let kinds = [
      "activations", "initializers", "layers", "losses", "optimizers", "schedules", "data",
      "pretraining", "stopping", "structures", "verbs", "options", "metrics", "functions",
    ]
    for kind in kinds {
      let run = await Article(block: "list: \(kind)").run()
      #expect(run.diagnostics.isEmpty, "\(kind)")
      let html = run.results.first?.figure(FigureContext()) ?? ""
      #expect(html.contains("<table"), "\(kind)")
    }
  }

  /// The summary of a run is in the page's language.
  @Test func captionsSpeakThePagesLanguage() async throws {
    let train = Article(
      block: """
        train: [{freeze: [dense 2]}, tanh, {branches: [[dense 2], [dense 3]]}, dense 1]
        data: moons samples=20
        epochs: 1
        batch: 10
        repeats: 2
        """)
    let result = try #require(await train.run().results.first)
    let english = result.figure(FigureContext(language: "en"))
    let network = "frozen (dense 2), tanh, concat of (dense 2 | dense 3), dense 1; "
    #expect(
      english.contains(
        network + "moons samples=20 noise=0.1; 1 epoch of sgd rate=0.01; batch 10; seeds 1 to 2."))
    let chinese = result.figure(FigureContext(language: "zh"))
    #expect(
      chinese.contains(
        "冻结 (dense 2), tanh, concat (dense 2 | dense 3), dense 1；moons samples=20 noise=0.1；"
          + "sgd rate=0.01 训练 1 轮；批量 10；随机种子 1 至 2。"))
    let signal = Article(block: "signal: [dense 2]\nseed: 4\nbatch: 16")
    let second = try #require(await signal.run().results.first)
    #expect(second.figure(FigureContext(language: "en")).contains("; batch 16; seed 4."))
    #expect(second.figure(FigureContext(language: "zh")).contains("；批量 16；随机种子 4。"))
  }

  /// The file of a boundary contains only what its picture can show.
  @Test func aBoundaryTakesLittleRoom() async throws {
    let article = Article(
      block: """
        train: [dense 8, tanh, dense 1]
        data: moons samples=400 noise=0.1
        epochs: 20
        show: boundary
        """)
    let result = try #require(await article.run().results.first)
    #expect(result.json.count < 30_000)
    let run = result.outcome.runs[0]
    let grid = try #require(run.grid("boundary"))
    #expect(grid.values.allSatisfy { (0...1000).contains($0) && $0 == $0.rounded() })
    // Each frame uses the whole scale, so that a nearly flat one keeps its shape.
    #expect(grid.values.min() == 0)
    #expect(grid.values.max() == 1000)
    let range = try #require(run.table("boundary.epochs"))
    #expect(try #require(range.numbers("minimum"))[0] >= 0)
    #expect(try #require(range.numbers("maximum"))[0] <= 1)
    let points = try #require(run.table("boundary.points")?.numbers("x"))
    #expect(points.count == 400)
    #expect(
      points.allSatisfy {
        $0 * 1000 == ($0 * 1000).rounded() || abs($0 * 1000 - ($0 * 1000).rounded()) < 1e-9
      })
  }

  @Test func everyVerbHasOptionsAndMetricsWithWords() {
    for verb in Verb.allCases { #expect(!BlockOption.names(for: verb).isEmpty) }
    for option in BlockOption.all { #expect(!option.summary.isEmpty && !option.verbs.isEmpty) }
    for metric in MetricName.all { #expect(!metric.summary.isEmpty && !metric.verbs.isEmpty) }
  }

  /// exp, ln and powers in `graph` compared with the C library's, in ulps.
  @Test(arguments: [
    1e-300, 1e-8, 0.1, 0.5, 0.9999999, 1, 1.0000001, 2, 2.718281828, 10, 1e8, 1e300,
  ])
  func elementaryFunctionsAreRightToAFewUnits(x: Double) async throws {
    let run = await Article(
      block: "graph: ln(x) + 0 * y\nat: {x: \(x), y: 1}"
    ).run()
    let value = try #require(run.results.first?.outcome.runs.first?.metric("value"))
    #expect(abs(value - log(x)) <= 4 * abs(log(x)).ulp + 1e-16)
    let power = await Article(block: "graph: x ^ y\nat: {x: \(x), y: 0.3}").run()
    let p = try #require(power.results.first?.outcome.runs.first?.metric("value"))
    #expect(abs(p - pow(x, 0.3)) <= 400 * pow(x, 0.3).ulp)
  }

  @Test func gradientsOfAnExpressionMatchDifferences() async throws {
    let expression = "sigmoid(w0 * x0 + w1 * x1 + b) * tanh(x0) / (1 + exp(-x1)) - sqrt(x0^2 + 1)"
    let point: [(String, Double)] = [
      ("w0", 2), ("x0", -1), ("w1", -3), ("x1", -2), ("b", -3),
    ]
    func run(_ values: [(String, Double)]) async throws -> Run {
      let at = values.map { "\($0.0): \($0.1)" }.joined(separator: ", ")
      let article = Article(block: "graph: \(expression)\nat: {\(at)}")
      return try #require(await article.run().results.first?.outcome.runs.first)
    }
    let center = try await run(point)
    for (index, (name, value)) in point.enumerated() {
      let gradient = try #require(
        center.metrics.first { $0.name == "gradient" && $0.selectors.first?.value == name })
      let h = 1e-5
      var up = point
      up[index].1 = value + h
      var down = point
      down[index].1 = value - h
      let difference =
        (try await run(up).metric("value")! - run(down).metric("value")!) / (2 * h)
      #expect(abs(gradient.value - difference) < 1e-8)
    }
  }

  @Test func aLimitNamesTheLargestFactors() throws {
    let article = Article(
      block: """
        train: [dense 256, relu, dense 1]
        data: moons samples=1000
        epochs: 5000
        limit: 1e6
        """)
    let diagnostic = try #require(article.read().diagnostics.first)
    #expect(diagnostic.id == "nn.limit")
    #expect(diagnostic.hint?.contains("epochs (5000)") == true)
    #expect(diagnostic.hint?.split(separator: ",").count ?? 0 >= 3)
  }

  @Test func aBuildHasALimitToo() async throws {
    let article = Article(
      block: "train: [dense 64, relu, dense 1]\ndata: moons samples=500\nepochs: 200")
    let (experiments, _) = article.read()
    let settings = ExperimentSettings(buildLimit: 1000)
    let run = await ExperimentRunner(settings: settings).run(experiments.compactMap(\.self))
    #expect(run.diagnostics.map(\.id) == ["nn.build-limit"])
    #expect(run.results == [nil])
  }

  @Test func aRunThatIsNoLongerWantedEnds() async {
    let article = Article(
      block: "train: [dense 64, relu, dense 1]\ndata: moons samples=2000\nepochs: 3000")
    let (experiments, _) = article.read()
    let run = await ExperimentRunner().run(experiments.compactMap(\.self), isCancelled: { true })
    #expect(run.results == [nil])
    #expect(run.diagnostics.isEmpty)
  }
}
