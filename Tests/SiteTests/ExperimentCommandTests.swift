import Experiments
import Foundation
import JSON
import Storage
import Testing

/// `run`, `diff`, `cache` and `schema`.
@Suite struct ExperimentCommandTests {
  private static let article = """
    # A

    ```nn product
    graph: (x + y) * z
    at: {x: 1, y: 2, z: 3}
    ```

    ```nn moons
    train: [dense 4, $act, dense 1]
    data: moons samples=40 noise=0.1
    optimizer: sgd rate=0.1
    vary: {act: [tanh, relu]}
    epochs: 2
    show: [loss, boundary]
    expect: loss[act=tanh] < 10
    ```
    """

  private func site(_ article: String = article) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(article, to: "content/a.md")
    return folder
  }

  // MARK: run

  @Test func aBlockIsRunFromTheTerminal() throws {
    let folder = try site()
    let product = try Command.run(["run", "a#product"], in: folder.path)
    #expect(product.status == 0)
    #expect(product.errors == "")
    #expect(
      product.output == """
        value 9
        name  value  gradient
        x     1      3
        y     2      3
        +     3      3
        z     3      3
        ×     9      1

        """)
    let moons = try Command.run(["run", "content/a.md#moons"], in: folder.path)
    #expect(moons.status == 0)
    let lines = moons.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("act   loss"))
    #expect(lines[1].hasPrefix("tanh  "))
    #expect(lines[2].hasPrefix("relu  "))
    #expect(lines[1].contains("█") && lines[1].contains("▁"))
  }

  @Test func setChangesWhatIsRun() throws {
    let folder = try site()
    let set = try Command.run(
      ["run", "a#product", "--set", "at={x: 1, y: 2, z: 4}"], in: folder.path)
    #expect(set.output.hasPrefix("value 12\n"))
    let many = try Command.run(
      ["run", "a#moons", "--set", "rate=0.3", "--set", "epochs=4", "--set", "act=elu"],
      in: folder.path)
    #expect(many.status == 0, "\(many.errors)")
    #expect(many.output.split(separator: "\n").count == 2)
    #expect(many.output.contains("\nelu  "))
    // The article is unchanged.
    #expect(try folder.read("content/a.md") == Self.article)
  }

  @Test func theWeightsOfATrainingCanBeWritten() throws {
    let folder = try site()
    let many = try Command.run(["run", "a#moons", "--weights", "w.safetensors"], in: folder.path)
    #expect(many.status == 1)
    #expect(many.errors.contains("the block trains 2 networks, and --weights writes one's"))
    #expect(many.errors.contains("as in --set act=tanh"))
    let none = try Command.run(["run", "a#product", "--weights", "w.safetensors"], in: folder.path)
    #expect(none.status == 1)
    #expect(none.errors.contains("`graph` trains nothing that --weights could write"))
    let one = try Command.run(
      ["run", "a#moons", "--set", "act=tanh", "--weights", "content/w.safetensors"],
      in: folder.path)
    #expect(one.status == 0, "\(one.errors)")
    // A training that starts with these weights starts where the other ended.
    try folder.write(
      """
      train: [dense 4, tanh, dense 1]
      data: moons samples=40 noise=0.1
      pretrain: weights w.safetensors
      epochs: 1
      expect: first.loss < 0
      """, to: "content/next.yml")
    let next = try Command.run(["run", "content/next.yml"], in: folder.path)
    let loss = one.output.split(separator: "\n")[1].split(separator: " ").dropFirst()
    #expect(next.errors.contains("got \(loss.first ?? "")"), "\(one.output)\n\(next.errors)")
  }

  @Test func badChangesAreRefused() throws {
    let folder = try site()
    let unknown = try Command.run(["run", "a#moons", "--set", "epoch=3"], in: folder.path)
    #expect(unknown.status == 1)
    #expect(unknown.output == "")
    #expect(
      unknown.errors.hasPrefix("content/a.md:9:1: error: nothing in the block is named `epoch`"))
    #expect(unknown.errors.contains("did you mean `epochs`?"))
    let wrong = try Command.run(["run", "a#moons", "--set", "epochs=-1"], in: folder.path)
    #expect(wrong.status == 1)
    #expect(wrong.errors.hasPrefix("content/a.md:13:9: error: `epochs` must be from 1"))
    let shapeless = try Command.run(["run", "a#moons", "--set", "epochs"], in: folder.path)
    #expect(shapeless.status == 64)
  }

  @Test func theFigureAndTheResultAreWritten() throws {
    let folder = try site()
    let outcome = try Command.run(
      ["run", "a#moons", "--svg", "out/moons.svg", "--json", "out/moons.json"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    // One panel of the losses, and a boundary for each of the two runs.
    for index in 1...3 {
      #expect(try folder.read("out/moons-\(index).svg").hasPrefix("<svg"))
    }
    let json = try #require(JSON(Array(try folder.read("out/moons.json").utf8)))
    #expect(json["runs"]?.items?.count == 2)
    // The same block in a build gives the same file.
    #expect(try Command.run(["build"], in: folder.path).status == 0)
    #expect(try folder.read("site/data/a/moons.json") == folder.read("out/moons.json"))
    let one = try Command.run(["run", "a#product", "--svg", "one.svg"], in: folder.path)
    #expect(one.status == 0)
  }

  @Test func aFileIsABlockToo() throws {
    let folder = try site()
    try folder.write("graph: a * b\nat: {a: 2, b: 3}\nexpect: value == 7\n", to: "try/product.yml")
    let outcome = try Command.run(["run", "try/product.yml"], in: folder.path)
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("value 6\n"))
    #expect(
      outcome.errors.hasPrefix(
        "try/product.yml:3:9: error: the claim does not hold: expected == 7, got 6"))
    // Data files are found beside the block's file or in the site.
    try folder.write("x,y\n1,2\n2,4\n", to: "content/data/near.csv")
    try folder.write("dataset: csv data/near.csv target=y\n", to: "try/data.yml")
    #expect(try Command.run(["run", "try/data.yml"], in: folder.path).status == 0)
    try folder.write("dataset: csv data/neer.csv target=y\n", to: "try/data.yml")
    let missing = try Command.run(["run", "try/data.yml"], in: folder.path)
    #expect(missing.status == 1)
    #expect(
      missing.errors.hasPrefix("try/data.yml:1:14: error: there is no data file `data/neer.csv`"))
    #expect(missing.errors.contains("did you mean `data/near.csv`?"))
  }

  @Test func missingNamesAreReported() throws {
    let folder = try site()
    let block = try Command.run(["run", "a#moon"], in: folder.path)
    #expect(block.status == 64)
    #expect(block.errors.contains("content/a.md has no block `moon`: did you mean `moons`?"))
    let page = try Command.run(["run", "b#moons"], in: folder.path)
    #expect(page.status == 1)
    #expect(page.errors.hasPrefix("sitegen: error: there is no file `b`"))
    let file = try Command.run(["run", "none.yml"], in: folder.path)
    #expect(file.status == 1)
    #expect(try Command.run(["run"], in: folder.path).status == 64)
  }

  // MARK: diff

  private func git(_ arguments: [String], in folder: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["git", "-C", folder, "-c", "user.name=A", "-c", "user.email=a@example.org"] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "git \(arguments)")
  }

  @Test func whatMovedIsNamedWithBeforeAndAfter() throws {
    let folder = try site()
    try git(["init", "-q"], in: folder.path)
    #expect(try Command.run(["build"], in: folder.path).status == 0)
    try git(["add", "."], in: folder.path)
    try git(["commit", "-qm", "first"], in: folder.path)
    let same = try Command.run(["diff"], in: folder.path)
    #expect(same.status == 0)
    #expect(same.output == "no number changed\n")

    let changed = Self.article.replacing("z: 3}", with: "z: 4}")
    try folder.write(changed, to: "content/a.md")
    #expect(try Command.run(["build"], in: folder.path).status == 0)
    let moved = try Command.run(["diff"], in: folder.path)
    #expect(moved.status == 1)
    #expect(
      moved.output == """
        a/product  value  9 → 12
        a/product  gradient[of=x]  3 → 4
        a/product  gradient[of=y]  3 → 4

        """)
    try git(["commit", "-qam", "second"], in: folder.path)
    #expect(try Command.run(["diff"], in: folder.path).status == 0)
    let earlier = try Command.run(["diff", "HEAD~1"], in: folder.path)
    #expect(earlier.status == 1)
    #expect(earlier.output == moved.output)

    try folder.write(changed.replacing("nn product", with: "nn times"), to: "content/a.md")
    #expect(try Command.run(["build"], in: folder.path).status == 0)
    let renamed = try Command.run(["diff"], in: folder.path)
    #expect(renamed.output.contains("a/product  value  12 → none\n"))
    #expect(renamed.output.contains("a/times  value  none → 12\n"))
  }

  @Test func aMissingCommitIsReported() throws {
    let folder = try site()
    #expect(try Command.run(["build"], in: folder.path).status == 0)
    try git(["init", "-q"], in: folder.path)
    let unknown = try Command.run(["diff", "no-such"], in: folder.path)
    #expect(unknown.status == 1)
    #expect(unknown.output == "")
    #expect(
      unknown.errors.hasPrefix("sitegen: error: this repository has no commit `no-such`\n"))
    #expect(try Command.run(["diff", "--", "-p"], in: folder.path).status == 64)
  }

  // MARK: cache and schema

  @Test func theCacheIsShownAndCleared() throws {
    let folder = try site()
    let empty = try Command.run(["cache"], in: folder.path)
    #expect(empty.status == 0)
    #expect(empty.output == folder.path + "/.sitegen/cache\n")
    #expect(try Command.run(["build"], in: folder.path).status == 0)
    let full = try Command.run(["cache"], in: folder.path)
    let lines = full.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("  experiments ") && $0.contains(" 2 files, ") })
    #expect(lines.contains { $0.hasPrefix("  figures.pack ") && $0.contains(" 1 file, ") })
    let cleared = try Command.run(["cache", "--clear"], in: folder.path)
    #expect(cleared.status == 0)
    #expect(cleared.output.hasPrefix("cleared " + folder.path))
    #expect(try Command.run(["cache"], in: folder.path).output == empty.output)
    // Nothing but time is lost.
    let site = try Command.files(in: folder.path + "/site")
    #expect(try Command.run(["build"], in: folder.path).output.hasSuffix("nothing new\n"))
    #expect(try Command.files(in: folder.path + "/site") == site)
    #expect(try Command.run(["cache", "--all"], in: folder.path).status == 64)
  }

  @Test func theSchemaIsPrinted() throws {
    let outcome = try Command.run(["schema"], in: "/")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(JSON(Array(outcome.output.utf8)) == JSON(LanguageReference.schema))
    #expect(try Command.run(["schema", "more"], in: "/").status == 64)
  }
}
