import Diagnostics
import Storage
import Testing

@testable import Experiments

/// Lists, sizes and names with spaces in terms, in the forms that an author tries first.
@Suite struct TermFormTests {
  private func network(_ block: String) throws -> any Job {
    let (experiments, diagnostics) = Article(block: block).read()
    #expect(diagnostics.isEmpty, "\(block): \(diagnostics)")
    return try #require(experiments.first ?? nil).plans[0].job
  }

  @Test func aListWithinATermNeedsNoQuotesInAFlowList() throws {
    let rest = "data: noise samples=40 features=4\nepochs: 1"
    let quoted = try network("train: [\"reshape [1, 2, 2]\", flatten, dense 2]\n" + rest)
    let forms = [
      "[reshape [1, 2, 2], flatten, dense 2]", "[reshape [1,2,2], flatten, dense 2]",
      "[reshape shape=[1, 2, 2], flatten, dense 2]", "[reshape 1 2 2, flatten, dense 2]",
      "[reshape 1x2x2, flatten, dense 2]", "[reshape 1×2×2, flatten, dense 2]",
      "[{repeat 1: [reshape [1, 2, 2]]}, flatten, dense 2]",
      "\n  - reshape [1, 2, 2]\n  - flatten\n  - dense 2",
    ]
    for form in forms.filter({ !$0.contains("repeat") }) {
      #expect(try quoted.isEqual(to: network("train: \(form)\n" + rest)), "\(form)")
    }
    for form in forms { _ = try network("train: \(form)\n" + rest) }
  }

  @Test func bracketsElsewhereStayWhatTheyAre() throws {
    let block = """
      train: [dense 4, tanh, dense 1]
      data: moons samples=20
      epochs: 1
      vary: {a: &list [1, 2]}
      seed: $a
      caption: "see [1, 2], and a [b], 'c' [d"
      """
    let (experiments, diagnostics) = Article(block: block).read()
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    let experiment = try #require(experiments.first ?? nil)
    #expect(experiment.display.caption == "see [1, 2], and a [b], 'c' [d")
    #expect(experiment.plans.count == 2)
  }

  /// The stand-ins for brackets during YAML parsing may occur in a text too.
  @Test func theirStandInsMayBeWritten() throws {
    let block = "plot: relu\ncaption: \u{F700} and [1, 2] of a [1, 2]"
    let (experiments, diagnostics) = Article(block: block).read()
    #expect(diagnostics.isEmpty)
    let experiment = try #require(experiments.first ?? nil)
    #expect(experiment.display.caption == "\u{F700} and [1, 2] of a [1, 2]")
  }

  @Test func mistakesBehindSuchAListKeepTheirPlace() throws {
    let article = Article(block: "train: [reshape [1, 8, 8], nosuch 4]\ndata: moons")
    let mistake = try #require(article.read().diagnostics.first { $0.id == "nn.unknown-name" })
    let text = article.file.text(try #require(mistake.range))
    #expect(text == "nosuch")
  }

  @Test func aPathMayHaveSpacesAndQuotes() throws {
    let table = Array("a,b,k\n1,2,x\n2,3,y\n3,4,x\n5,5,y\n".utf8)
    for name in ["my table.csv", "it's.csv", "a \"b\".csv", "two  blanks.csv"] {
      let files = DataFiles { path in
        path == name ? .success(table) : .failure(.notFound(path: path))
      }
      let quote = name.contains("\"") ? "'" : "\""
      for term in ["csv \(quote)\(name)\(quote)", "csv target=k path=\(quote)\(name)\(quote)"] {
        let read = Article(block: "dataset: \(term)").read(files: files)
        #expect(read.diagnostics.isEmpty, "\(term): \(read.diagnostics)")
      }
    }
    // A quote that is never closed is part of the name.
    let read = Article(block: "dataset: csv it's.csv").read(
      files: DataFiles { $0 == "it's.csv" ? .success(table) : .failure(.notFound(path: $0)) })
    #expect(read.diagnostics.isEmpty)
  }

  @Test func numbersThatDifferAreToldApart() {
    func words(_ value: Double, _ limit: Double) -> [String] {
      let numbers = NumbersApart(value, limit)
      return [numbers.value, numbers.limit]
    }
    #expect(words(2.04e11, 2e11) == ["2.04e11", "2e11"])
    #expect(words(3.8e12, 1e9) == ["3.8e12", "1e9"])
    #expect(words(2e11 + 1, 2e11) == ["200000000001", "200000000000"])
    #expect(words(7, 7) == ["7", "7"])
    #expect(words(.infinity, 2e11)[1] == "2e11")
  }

  /// British spelling and former names mean the same, down to the key of the cached result.
  @Test func otherSpellingsMeanTheSame() throws {
    func jobs(_ block: String) throws -> [[NamedValue]] {
      let (experiments, diagnostics) = Article(block: block).read()
      #expect(diagnostics.isEmpty, "\(block): \(diagnostics)")
      return try #require(experiments.first ?? nil).plans.map(\.job.canonical)
    }
    let rest = "train: dense 2\ndata: moons\nepochs: 1\n"
    let us = try jobs(rest + "standardize: true")
    #expect(try jobs(rest + "standardise: true") == us)
    #expect(try jobs(rest + "standardize: false") != us)
    for claim in ["minimum[function=relu] == 0", "least[function=relu] == 0"] {
      _ = try jobs("plot: relu\nexpect: " + claim)
    }
    let both = Article(block: rest + "standardise: true\nstandardize: true").read()
    #expect(both.diagnostics.map(\.id) == ["nn.duplicate-key"])
  }
}
