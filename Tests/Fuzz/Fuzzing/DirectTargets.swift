import Diagnostics
import Experiments
import JSON
import Markdown
import NeuralNetworks
import Preview
import Storage
import Typesetting

extension FuzzTarget {
  /// Parsers and runners that are called directly, without a site around them.
  static let direct: [FuzzTarget] = [
    FuzzTarget("markdown", weight: 6, make: { markdown(&$0, $1, .markdown) }, run: readMarkdown),
    FuzzTarget(
      "attributes", weight: 3, make: { attributes(&$0, $1) }, run: readMarkdown),
    FuzzTarget("block", weight: 8, make: { block(&$0, $1) }, run: runBlock),
    FuzzTarget("change", weight: 2, make: { change(&$0, $1) }, run: changeBlock),
    FuzzTarget("formula", weight: 3, make: { formula(&$0, $1) }, run: setFormula),
    FuzzTarget("code", weight: 1, make: { code(&$0, $1) }, run: highlightCode),
    FuzzTarget("request", weight: 4, make: { request(&$0, $1) }, run: readRequests),
  ]

  /// The cost limits of blocks here: low, so that an expensive block whose estimate is too low
  /// stands out.
  static let experimentSettings = ExperimentSettings(limit: 2e7, buildLimit: 2e7)

  // MARK: Markdown

  static func markdown(
    _ random: inout FuzzRandom, _ corpus: Corpus, _ vocabulary: Vocabulary
  ) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    let seeds = corpus["md"]
    return FuzzInput(
      mutator.mutate(mutator.random.element(of: seeds), vocabulary, others: seeds))
  }

  private static let attributeSeeds = [
    "# H {#a .b c=\"d\"}\n", "p\n{: #a .b c='d' title=\"x y\"}\n",
    "{:ref: .c title=\"t\"}\n\np\n{:ref}\n",
    "- a\n{: .x}\n- b\n{: start=\"3\"}\n\n{: .y}\n",
    "*a*{: .b}**c**{: #d e=\"f\"}[x](y){: rel=\"z\"}\n",
    "| a |\n|---|\n| b |\n{: .t caption=\"C\"}\n", "![a](b.png){: width=\"10\" height=\"20%\"}\n",
    "```python {title=\"a\" lines=\"1-3,7\" numbers=3}\nx\n```\n", "$$x$$\n{: #eq}\n",
    "* toc\n{:toc}\n\n# A\n{:.no_toc}\n", "> q\n{: .a}\n\n[a]: b\n{: .c}\n",
    "1. x\n{:start=\"5\"}\n",
  ]

  private static func attributes(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    let words = Vocabulary([
      "{:", "}", "{: ", "#a", ".b", "c=\"d\"", "c='d'", "a=b", "=", "\"", "'", "\\\"", "\\}",
      ":toc",
      "{::", "/}", "{:/}", "{", "width=", "style=\"", "class=\"a b\"", "id=\"", "lines=\"1-",
      "numbers=", "title=\"", "file=\"", "start=\"", "99999999999999999999", "\n", ".", "#", "-1",
      "é",
    ])
    let seeds = attributeSeeds.map { Array($0.utf8) }
    return FuzzInput(
      mutator.mutate(
        mutator.random.element(of: seeds), words + (mutator.random.once(in: 3) ? .markdown : words),
        others: seeds))
  }

  @Sendable private static func readMarkdown(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    let file = SourceFile(path: "a.md", bytes: input.bytes)
    var faults: [String] = []
    var escaping = MarkdownOptions(html: .escape)
    escaping.singleDollarMath = true
    escaping.smartPunctuation = true
    for options in [MarkdownOptions(html: .pass), escaping, .commonMark(html: .pass)] {
      let document = Document(parsing: file, options: options)
      let page = HTMLRenderer().render(document).body
      let plain = HTMLRenderer(markup: .plain).render(document).body
      faults += PageChecks.diagnostics(document.diagnostics) { $0 == "a.md" ? file : nil }
      for html in [page, plain] { faults += PageChecks.wellFormed(html, "a.html") }
      let ranges =
        document.headings.map(\.range) + document.formulas.map(\.range)
        + document.codeBlocks.map(\.range) + document.inlineValues.map(\.range)
        + document.links.map(\.range)
      if ranges.contains(where: { $0.upperBound > file.bytes.count }) {
        faults.append("range: a part ends behind the file")
      }
      guard options.html == .escape else { continue }
      for html in [page, plain] {
        let scan = MarkupScan(html)
        faults += PageChecks.inert(scan, "a.html") + PageChecks.balanced(scan, "a.html")
      }
    }
    return faults
  }

  // MARK: Blocks

  static func blockText(_ random: inout FuzzRandom, _ corpus: Corpus) -> [UInt8] {
    var grammar = BlockGrammar(random)
    let written = grammar.random.once(in: 3) ? nil : grammar.block()
    var mutator = Mutator(grammar.random)
    defer { random = mutator.random }
    mutator.longest = 4000
    let text = written.map { Array($0.utf8) } ?? mutator.random.element(of: corpus.blocks)
    // A block from the grammar is often used unchanged.
    if written != nil, mutator.random.once(in: 2) { return text }
    let lines = corpus.blocks
    return mutator.mutate(text, mutator.random.once(in: 4) ? .general : .block, others: lines)
  }

  private static func block(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    FuzzInput(blockText(&random, corpus))
  }

  private static func change(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    let text = random.element(of: corpus.blocks)
    let name = random.element(of: BlockOption.all).name
    let words = random.once(in: 2) ? Vocabulary.block.words : Vocabulary.general.words
    let value = random.element(of: words)
    let change = random.once(in: 8) ? value : name + "=" + value + (random.once(in: 4) ? value : "")
    return FuzzInput([.init("block", text), .init("change", change)])
  }

  static func files(_ input: FuzzInput, _ surroundings: Surroundings) -> DataFiles {
    let tree = input.tree
    let corpus = surroundings.corpus
    return DataFiles(names: { tree.keys.sorted() }) { path in
      if let bytes = tree[path] { return .success(bytes) }
      guard path == "data/iris.csv" || path == "data/digits.csv",
        let bytes = corpus["csv"].first(where: {
          ($0.count > 50_000) == (path == "data/digits.csv")
        })
      else { return .failure(.notFound(path: path)) }
      return .success(bytes)
    }
  }

  @Sendable static func runBlock(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    let file = SourceFile(path: "block", bytes: input.bytes)
    let files = files(input, surroundings)
    let reader = ExperimentParser(settings: experimentSettings, files: files)
    let (experiments, mistakes) = reader.read([NNBlock(wholeOf: file, name: "b")], page: "p")
    let read = experiments.compactMap(\.self)
    if read.isEmpty, mistakes.isEmpty { return ["silence: refused without a word"] }
    return PageChecks.diagnostics(mistakes) { $0 == file.path ? file : nil }
      + (await run(read, file, files))
  }

  private static func run(
    _ experiments: [Experiment], _ file: SourceFile, _ files: DataFiles
  ) async -> [String] {
    let runner = ExperimentRunner(settings: experimentSettings, files: files)
    let (results, diagnostics) = await runner.run(experiments)
    var faults = PageChecks.diagnostics(diagnostics) { $0 == file.path ? file : nil }
    for result in results {
      guard let result else {
        if diagnostics.isEmpty { faults.append("silence: not run without a word") }
        continue
      }
      let figure = Array(result.figure(FigureContext()).utf8)
      let scan = MarkupScan(figure)
      faults += PageChecks.wellFormed(figure, "figure") + PageChecks.drawings(scan, "figure")
      faults += PageChecks.balanced(scan, "figure") + PageChecks.inert(scan, "figure.svg")
      faults += resultFiles(result)
    }
    return faults
  }

  private static func resultFiles(_ result: ExperimentResult) -> [String] {
    _ = (result.csv, result.text, result.formulas)
    guard let json = JSON(result.json) else { return ["json: a result's file cannot be read"] }
    let kept = json["runs"]?.items ?? []
    for run in kept where run["tables"] != nil {
      guard let read = Run(json: run) else { return ["json: a run cannot be read back"] }
      if read.json.bytes != Run(json: read.json)?.json.bytes {
        return ["json: a run changes when it is read back"]
      }
    }
    return []
  }

  @Sendable private static func changeBlock(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    let file = SourceFile(path: "block", bytes: input.bytes)
    let text = String(decoding: input["change"] ?? [], as: UTF8.self)
    guard let change = BlockChange(text) else { return [] }
    let files = files(input, surroundings)
    let (experiment, mistakes) = ExperimentParser(settings: experimentSettings, files: files)
      .read(NNBlock(wholeOf: file, name: "b"), id: "b", page: "p", changes: [change])
    if experiment == nil, mistakes.isEmpty { return ["silence: refused without a word"] }
    return PageChecks.diagnostics(mistakes) { $0 == file.path ? file : nil }
  }

  // MARK: Typesetting

  private static let typesetter = Typesetter(cache: nil)

  private static func formula(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    mutator.longest = 3000
    let seeds = corpus.formulas
    return FuzzInput(mutator.mutate(mutator.random.element(of: seeds), .tex, others: seeds))
  }

  @Sendable private static func setFormula(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    var faults: [String] = []
    do throws(TypesettingError) {
      let formulas = [true, false].map {
        Typesetting.Formula(input.text, isDisplay: $0, references: ["a": "1"])
      }
      for result in try typesetter.typeset(formulas) {
        switch result {
        case .success(let set):
          let html = Array(set.html.utf8)
          let scan = MarkupScan(html)
          faults += PageChecks.wellFormed(html, "formula")
          faults += PageChecks.inert(scan, "formula") + PageChecks.balanced(scan, "formula")
        case .failure(let mistake):
          if mistake.range.upperBound > input.text.utf8.count {
            faults.append("range: a mistake ends behind its formula")
          }
          if mistake.message.isEmpty { faults.append("message: a mistake says nothing") }
        }
      }
    } catch {
      faults.append("typesetting: \(error.explanation.message)")
    }
    return faults
  }

  private static let languages = [
    "python", "swift", "c", "cpp", "rust", "javascript", "html", "xml", "json", "yaml", "bash",
    "css",
    "markdown", "sql", "java", "go", "ruby", "perl", "php", "latex", "diff", "makefile", "r", "x",
  ]

  private static func code(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    let language = random.element(of: languages)
    var mutator = Mutator(random)
    defer { random = mutator.random }
    mutator.longest = 8000
    let seeds = corpus["html"] + corpus["css"] + corpus["js"] + corpus.blocks
    let text = mutator.mutate(mutator.random.element(of: seeds), .general, others: seeds)
    return FuzzInput([.init("code", text), .init("language", language)])
  }

  @Sendable private static func highlightCode(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    let language = String(decoding: input["language"] ?? [], as: UTF8.self)
    do throws(TypesettingError) {
      for code in try typesetter.highlight([Code(input.text, language: language)]) {
        let html = Array(code.html.utf8)
        let scan = MarkupScan(html)
        let lines = code.lines.joined(separator: "\n")
        let faults =
          PageChecks.wellFormed(html, "code") + PageChecks.inert(scan, "code")
          + PageChecks.balanced(scan, "code")
          + PageChecks.balanced(MarkupScan(Array(lines.utf8)), "lines")
        if !faults.isEmpty { return faults }
      }
      return []
    } catch {
      return ["typesetting: \(error.explanation.message)"]
    }
  }

  // MARK: Requests

  private static let requestSeeds = [
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n",
    "HEAD /a%20b/?x=y HTTP/1.0\r\nHost: localhost\r\nRange: bytes=0-10\r\n\r\n",
    "GET http://[::1]:80/x HTTP/1.1\nHost: [::1]:80\nOrigin: http://[::1]:80\n\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: keep-alive, close\r\n\r\nabc",
  ]

  private static func request(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    mutator.longest = 100_000
    let words = Vocabulary([
      "\r\n", "\n", "\r", " ", "\t", ":", "HTTP/1.1", "HTTP/2.0", "HTTP/1.99999999999999999999",
      "GET", "Host: ", "Range: bytes=", "-", "0-", "99999999999999999999-", "Content-Length: ",
      "Transfer-Encoding: chunked\r\n", "/", "?", "%", "%00", "%zz", "../", "//", "http://", "@",
      "[",
    ])
    let seeds = requestSeeds.map { Array($0.utf8) }
    let bytes = mutator.mutate(mutator.random.element(of: seeds), words + .general, others: seeds)
    return FuzzInput(bytes)
  }

  /// Requests must be the same whether they are read byte by byte, in two parts or at once.
  @Sendable private static func readRequests(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    func heads(_ parts: [ArraySlice<UInt8>]) -> [Result<HTTPRequest, HTTPFault>] {
      var reader = HTTPHeadReader(HTTPLimits())
      var found: [Result<HTTPRequest, HTTPFault>] = []
      for part in parts {
        reader.append(part)
        do throws(HTTPFault) {
          while let request = try reader.next() { found.append(.success(request)) }
        } catch {
          return found + [.failure(error)]
        }
      }
      return found
    }
    let bytes = input.bytes
    let middle = bytes.count / 2
    let whole = heads([bytes[...]])
    if heads([bytes[..<middle], bytes[middle...]]) != whole {
      return ["request: in two parts it is another"]
    }
    let slow = bytes.count < 3000 ? heads(bytes.indices.map { bytes[$0...$0] }) : whole
    return slow == whole ? [] : ["request: byte by byte it is another"]
  }
}
