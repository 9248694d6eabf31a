import Storage
import Testing

@testable import Experiments

/// Cached parts of a figure are found only by the same figure.
@Suite struct FigureCacheTests {
  private static let block = """
    train: [dense 3, $act, dense 1]
    data: moons samples=30 noise=0.1
    vary: {act: [relu, tanh]}
    epochs: 3
    show: [loss, table]
    caption: As written.
    """

  private static func result(
    _ block: String = block, id: String = "it", page: String = "page", engine: String = "test"
  ) async throws -> ExperimentResult {
    let article = Article(block: block, id: id)
    return try #require(await article.run(page: page, engineVersion: engine).results.first)
  }

  private static func context(_ language: String = "en", csv: String = "a.csv") -> FigureContext {
    FigureContext(language: language, csvLink: csv, jsonLink: "a.json")
  }

  private static func size(of folder: borrowing TemporaryFolder) -> Int {
    FileSystem.stamp(folder.path + "/figures.pack")?.size ?? 0
  }

  @Test func theSameFigureIsDrawnOnce() async throws {
    let folder = TemporaryFolder()
    let cache = Cache(folder: folder.path)
    let result = try await Self.result()
    let first = FigureCache(cache: cache)
    let html = first.figure(of: result, Self.context())
    #expect(html == result.figure(Self.context()))
    #expect(first.json(of: result) == result.json)
    #expect(first.csv(of: result) == result.csv)
    let size = Self.size(of: folder)
    #expect(size > html.utf8.count)
    // A new cache object, as in another process; other prose around the block; keys in another
    // order.
    let again = try await Self.result(
      "# a comment\n"
        + Self.block.split(separator: "\n").enumerated()
        .sorted { ($0.offset == 0 ? 0 : 9 - $0.offset) < ($1.offset == 0 ? 0 : 9 - $1.offset) }
        .map(\.element).joined(separator: "\n"))
    let second = FigureCache(cache: cache)
    #expect(second.figure(of: again, Self.context()) == html)
    #expect(second.json(of: again) == result.json)
    #expect(second.csv(of: again) == result.csv)
    #expect(Self.size(of: folder) == size)
  }

  @Test(arguments: [
    block.replacing("As written", with: "As changed"), block + "\nalt: words",
    block + "\nwidth: 500", block + "\nheight: 200", block + "\necho: true",
    block + "\necho: folded", block + "\nscale: log", block + "\nslider: act",
    block.replacing("[loss, table]", with: "[table, loss]"),
    block.replacing("[relu, tanh]", with: "[tanh, relu]"),
    block.replacing("tanh]", with: "elu]"), block + "\nseed: 2", block + "\nrepeats: 2",
  ]) func whatShowsMakesAnotherFigure(changed: String) async throws {
    let folder = TemporaryFolder()
    let figures = FigureCache(cache: Cache(folder: folder.path))
    _ = figures.figure(of: try await Self.result(), Self.context())
    let size = Self.size(of: folder)
    let result = try await Self.result(changed)
    #expect(figures.figure(of: result, Self.context()) == result.figure(Self.context()))
    #expect(Self.size(of: folder) > size)
  }

  @Test func soDoThePageAndItsWordsAndTheEngine() async throws {
    let folder = TemporaryFolder()
    let figures = FigureCache(cache: Cache(folder: folder.path))
    let result = try await Self.result()
    var loud = Self.context()
    loud.prose = { "<em>\($0)</em>" }
    let wanted: [(ExperimentResult, FigureContext)] = [
      (result, Self.context()), (result, Self.context("zh")), (result, Self.context(csv: "b.csv")),
      (result, loud), (try await Self.result(id: "other"), Self.context()),
      (try await Self.result(engine: "new"), Self.context()),
    ]
    var size = 0
    for (result, context) in wanted {
      #expect(figures.figure(of: result, context) == result.figure(context))
      #expect(Self.size(of: folder) > size)
      size = Self.size(of: folder)
    }
    let elsewhere = try await Self.result(page: "elsewhere")
    #expect(figures.json(of: elsewhere) == elsewhere.json)
  }

  @Test func formulasAreAskedForAndEnterTheFigure() async throws {
    let result = try await Self.result("graph: x * y\nat: {x: 2, y: 3}")
    let figures = FigureCache(cache: nil)
    let formulas = figures.formulas(of: result)
    #expect(!formulas.isEmpty)
    #expect(formulas == result.formulas)
    #expect(figures.formulas(of: result) == formulas)
    for mark in ["A", "B"] {
      var context = Self.context()
      context.formula = { "<i>\(mark)\($0.utf8.count)</i>" }
      let html = figures.figure(of: result, context)
      #expect(html == result.figure(context))
      #expect(html.contains("<i>\(mark)"))
    }
  }

  /// The identity of the display settings covers every property.
  @Test func noPropertyOfTheDisplayIsForgotten() {
    let display = Experiment.Display()
    // For `show` and the choices, the identity has their counts.
    #expect(Mirror(reflecting: display).children.count == display.identity.count)
    var changed: Set<[String]> = [display.identity]
    func change(_ make: (inout Experiment.Display) -> Void) {
      var other = display
      make(&other)
      #expect(changed.insert(other.identity).inserted)
    }
    change { $0.show = [.loss] }
    change { $0.caption = "" }
    change { $0.alternative = "" }
    change { $0.width = 1 }
    change { $0.height = 1 }
    change { $0.echo = .shown }
    change { $0.slider = "" }
    change { $0.scale = "log" }
    change { $0.choices = ["pass": ["backward"]] }
    change { $0.choices = ["pass": ["forward"]] }
    change { $0.choices = ["axes": []] }
    change { $0.choices = ["axes": ["a"]] }
    change { $0.choices = ["axes": ["a", "b"]] }
    change { $0.choices = ["axes": ["a"], "b": []] }
    #expect(changed.count == 15)
  }
}
