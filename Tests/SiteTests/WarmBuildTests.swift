import Diagnostics
import Experiments
import Storage
import Testing

@testable import Site

/// A build gives the same site no matter what was built before: a wrong cache would show here.
@Suite struct WarmBuildTests {
  private static let article = """
    ---
    title: A
    ---

    Some prose, $x^2$, [B](b.md), and `nn moons.loss %.3f`.

    ```nn moons
    train: [dense 3, tanh, dense 1]
    data: csv points.csv target=class
    epochs: 3
    show: [loss, boundary, table]
    caption: The *loss*.
    ```

    ```nn product
    graph: x * y
    at: {x: 2, y: 3}
    echo: folded
    ```

    ```nn layers
    list: [relu, tanh]
    ```
    """

  private static let points =
    "x,y,class\n"
    + (0..<40).map { "\($0 % 7),\($0 % 5),\(($0 % 7) > 3 ? "up" : "down")" }.joined(separator: "\n")
    + "\n"

  private static let files = [
    "content/a.md": article, "content/b.md": "# B\n\n`nn a#product.value`\n",
    "content/points.csv": points, "sitegen.yml": "title: T\n",
  ]

  /// The edits of an author, one after another, with the number of runs that each needs.
  private static var edits: [(name: String, runs: Int, edit: (inout [String: String]) -> Void)] {
    [
      ("nothing", 0, { _ in }),
      ("prose", 0, { $0["content/a.md"]!.replace("Some prose", with: "[Other](b.md) prose, $y$") }),
      ("a caption", 0, { $0["content/a.md"]!.replace("The *loss*", with: "The **loss**, $z$") }),
      (
        "a caption is gone", 0,
        { $0["content/a.md"]!.replace("caption: The **loss**, $z$.\n", with: "") }
      ),
      ("looks", 0, { $0["content/a.md"]!.replace("epochs: 3", with: "width: 300\nepochs: 3") }),
      (
        "the order of keys", 0,
        {
          $0["content/a.md"]!.replace(
            "data: csv points.csv target=class\nwidth: 300\nepochs: 3",
            with: "epochs: 3 # as before\nwidth: 300\ndata: csv points.csv target=class")
        }
      ),
      (
        "the page's language", 0,
        { $0["content/a.md"]!.replace("title: A", with: "title: A\nlang: zh") }
      ),
      ("an id", 0, { $0["content/a.md"]!.replace("nn moons", with: "nn halves") }),
      ("a number", 0, { $0["content/a.md"]!.replace("y: 3}", with: "y: 5}") }),
      ("a list", 0, { $0["content/a.md"]!.replace("[relu, tanh]", with: "[relu, elu]") }),
      ("the data", 1, { $0["content/points.csv"]! += "3,3,down\n" }),
      ("the training", 1, { $0["content/a.md"]!.replace("epochs: 3", with: "epochs: 4") }),
      ("back again", 0, { $0["content/a.md"]!.replace("epochs: 4", with: "epochs: 3") }),
      ("the configuration", 0, { $0["sitegen.yml"] = "title: T\nnn: {echo: true, width: 500}\n" }),
      ("macros", 0, { $0["sitegen.yml"]! += "math: {macros: {\"\\\\R\": \"x\"}}\n" }),
      (
        "a template", 0,
        { $0["templates/article.html"] = "<html><body>{{{content}}}</body></html>\n" }
      ),
      ("a page's name", 0, { $0["content/c.md"] = $0.removeValue(forKey: "content/a.md")! }),
    ]
  }

  @Test func everyEditGivesWhatABuildAloneGives() async throws {
    let folder = try TemporaryFolder()
    var files = Self.files
    var runs = 0
    for step in Self.edits {
      step.edit(&files)
      let sources = SourceTree(files.mapValues { Array($0.utf8) })
      let cache = Cache(folder: folder.path + "/cache")
      let warm = await build(sources, BuildSettings(jobs: 2), in: .init(cache: cache))
      let alone = await build(sources, BuildSettings(jobs: 1), in: .init(cache: nil))
      let warmBytes = try bytes(of: warm, from: sources)
      let aloneBytes = try bytes(of: alone, from: sources)
      #expect(Set(warmBytes.keys) == Set(aloneBytes.keys), "\(step.name)")
      for (path, bytes) in aloneBytes {
        #expect(warmBytes[path] == bytes, "\(step.name): \(path)")
      }
      #expect(warm.diagnostics == alone.diagnostics, "\(step.name)")
      let kept = cache.usage().first { $0.namespace == "experiments" }?.files ?? 0
      if runs > 0 { #expect(kept - runs == step.runs, "\(step.name)") }
      runs = kept
    }
    #expect(runs == 3)
  }

  /// A figure that did not change is not drawn again.
  @Test func proseDrawsNoFigure() async throws {
    let folder = try TemporaryFolder()
    func size(_ text: String) async -> Int {
      var files = Self.files
      files["content/a.md"] = text
      let sources = SourceTree(files.mapValues { Array($0.utf8) })
      let cache = Cache(folder: folder.path + "/cache")
      _ = await build(sources, BuildSettings(), in: .init(cache: cache))
      return cache.usage().first { $0.namespace == "figures.pack" }?.bytes ?? 0
    }
    let first = await size(Self.article)
    #expect(first > 10_000)
    let prose = Self.article.replacing("Some prose", with: "[Other](b.md) prose")
    #expect(await size(prose) == first)
    #expect(await size(prose.replacing("The *loss*", with: "A caption")) > first)
  }

  /// A frozen build takes the numbers of the existing site if the same engine computed them from
  /// the same settings and data.
  @Test func aFrozenBuildTakesWhatTheBuiltSiteHolds() async throws {
    let sources = SourceTree(Self.files.mapValues { Array($0.utf8) })
    let built = try bytes(of: await build(sources, BuildSettings()), from: sources)
    func frozen(
      _ site: [String: [UInt8]], _ sources: SourceTree
    ) async throws -> (files: [String: [UInt8]], mistakes: [String]) {
      let site = await build(
        sources, BuildSettings(isFrozen: true),
        in: .init(committedResults: CommittedResults { site[$0] }))
      return (try bytes(of: site, from: sources), site.diagnostics.map(\.id.rawValue))
    }
    let again = try await frozen(built, sources)
    #expect(again.mistakes == [])
    #expect(again.files == built)

    var other = built
    other[CommittedResults.enginePath] = Array("{\"engine\": \"another\"}".utf8)
    #expect(try await frozen(other, sources).mistakes == ["nn.frozen"])

    var files = Self.files
    files["content/points.csv"]! += "3,3,down\n"
    let changed = SourceTree(files.mapValues { Array($0.utf8) })
    #expect(try await frozen(built, changed).mistakes == ["nn.frozen"])
  }

  /// A change of the engine changes one line of one file.
  @Test func onlyOneFileNamesTheEngine() async throws {
    let sources = SourceTree(Self.files.mapValues { Array($0.utf8) })
    let built = try bytes(of: await build(sources, BuildSettings()), from: sources)
    let naming = built.filter {
      String(decoding: $0.value, as: UTF8.self).contains(EngineVersion.digest)
    }
    #expect(Set(naming.keys) == [CommittedResults.enginePath])
  }

  /// A damaged cache file must not change the site.
  @Test func aDamagedCacheIsOfNoConsequence() async throws {
    let folder = try TemporaryFolder()
    let sources = SourceTree(Self.files.mapValues { Array($0.utf8) })
    let cache = Cache(folder: folder.path + "/cache")
    let expected = try bytes(
      of: await build(sources, BuildSettings(), in: .init(cache: cache)), from: sources)
    for name in ["figures.pack", "costs.pack"] {
      let path = folder.path + "/cache/" + name
      let whole = try FileSystem.read(path)
      for damaged in [Array(whole.dropLast(11)), Array(whole.prefix(whole.count / 2)), [1, 2]] {
        try FileSystem.write(damaged, to: path)
        let site = await build(sources, BuildSettings(), in: .init(cache: cache))
        #expect(try bytes(of: site, from: sources) == expected, "\(name)")
      }
    }
  }

  /// An inline value of an invalid block, on the same page or another, adds no further mistake.
  @Test func anInvalidBlockIsReportedOnce() async {
    var files = Self.files
    files["content/a.md"]!.replace("graph: x * y", with: "graph: x * (y")
    let site = await build(
      SourceTree(files.mapValues { Array($0.utf8) }), BuildSettings(), in: .init())
    #expect(site.diagnostics.map(\.id) == ["nn.expression"])
    files = Self.files
    files["content/a.md"]!.replace("target=class", with: "target=none")
    let other = await build(
      SourceTree(files.mapValues { Array($0.utf8) }), BuildSettings(), in: .init())
    #expect(other.diagnostics.map(\.id) == ["nn.data-file"])
  }
}
