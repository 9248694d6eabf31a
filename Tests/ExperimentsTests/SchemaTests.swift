import Diagnostics
import Experiments
import JSON
import Storage
import TestSupport
import Testing
import Yams

/// Checks the schema printed by `sitegen schema` against real blocks, as an editor would.
@Suite struct SchemaTests {
  private static let schema = Schema(JSON(LanguageReference.schema)!)

  /// All articles of this project's own site.
  private static let articles: [String] = {
    func walk(_ folder: String) -> [String] {
      ((try? FileSystem.list(folder)) ?? []).flatMap { entry in
        let path = folder + "/" + entry.name
        return entry.kind == .folder ? walk(path) : path.hasSuffix(".md") ? [path] : []
      }
    }
    return walk(Repository.root + "/content")
  }()

  @Test func everyBlockOfTheSiteIsValid() throws {
    var count = 0
    for path in Self.articles {
      let article = Article(String(decoding: try FileSystem.read(path), as: UTF8.self), path: path)
      for block in article.blocks {
        count += 1
        let value = try #require(Self.value(of: block.body.text), "\(path)")
        #expect(Self.schema.refuses(value) == nil, "\(path):\n\(block.body.text)")
      }
    }
    #expect(count > 40)
  }

  @Test(arguments: [
    "train: [dense 4, [tanh, dense 4], {repeat $n: [dense 2]}, {branches add: [[], [dense 4]]}]\ndata: xor",
    "train: dense 1\ndata: $d\nepochs: $e\nvary: {d: [xor, moons], e: [1, 2]}\nexpect: loss < 1",
    "list: relu", "list: [relu, adam]", "diagram: [dense 2]\ninput: 3",
    "diagram: [conv 2]\ninput: 1x8x8", "plot: relu\nx: -1..1\nderivatives: true",
    "graph: x + 1\nat: {x: 1e-3}\ndigits: 3", "dataset: iris\naxes: [a, b]\nshow: scatter",
    "train: [{freeze: [dense 2]}, {residual: [dense 2]}]\ndata: csv a.csv target=y\nlimit: 1e9",
  ]) func formsThatTheReaderKnows(block: String) throws {
    #expect(Self.schema.refuses(try #require(Self.value(of: block))) == nil)
  }

  /// Errors that no schema can detect: it describes names and types, not their combined meaning,
  /// products of sizes, or a site's limits.
  private static let beyondIt: Set<String> = [
    "argument-range 1", "argument-type 1", "axes 1", "claim 1", "claim 2", "contradiction 1",
    "contradiction 2", "contradiction 3", "contradiction 4", "data-file 1", "duplicate-argument 1",
    "engine-option 1", "graph 1", "graph 2", "graph 3", "graph 4", "graph 6", "graph 7", "inline 2",
    "interval 1", "keys 1", "layer 1", "limit 1", "limit-too-high 1", "loss 1", "memory 1",
    "memory 2", "metrics 1", "metrics 2", "missing-argument 1", "network-string 1", "output 1",
    "outputs-of-no-class 1", "outputs-of-no-class 2", "outputs-of-no-class 3",
    "pretrain-data 1", "pretrain-data 2", "replay 1", "replay 2", "shape 1", "shape 2",
    "show-refused 1", "show-refused 2", "show-refused 3", "show-refused 4", "show-refused 5",
    "show-refused 6", "show-refused 7", "slider 1", "slider 2", "too-deep 1", "too-large 1",
    "too-large 2", "too-large 3", "too-many-arguments 1", "too-many-runs 1", "unknown-argument 1",
    "unknown-verb 2", "variables 2",
  ]

  @Test func whatTheReaderRefusesTheSchemaRefusesAsFarAsItCanSee() throws {
    var unseen: Set<String> = []
    var seen = 0
    for name in InvalidBlockTests.names {
      let article = try InvalidBlockTests.article(name)
      for (index, block) in article.blocks.enumerated() {
        let alone = ExperimentParser(files: Article.files).read([block], page: "page")
        guard alone.experiments == [nil] else { continue }
        // An editor itself reports text that is not YAML.
        guard let value = Self.value(of: block.body.text) else { continue }
        if Self.schema.refuses(value) == nil {
          unseen.insert("\(name) \(index + 1)")
        } else {
          seen += 1
        }
      }
    }
    #expect(unseen.subtracting(Self.beyondIt).sorted() == [])
    #expect(Self.beyondIt.subtracting(unseen).sorted() == [])
    #expect(seen > 30)
  }

  /// A block as parsed with YAML's core schema.
  private static func value(of text: String) -> JSON? {
    guard let node = try? Yams.compose(yaml: text, .basic) else { return nil }
    return value(of: node)
  }

  private static func value(of node: Node) -> JSON? {
    switch node {
    case .scalar(let scalar):
      guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
      switch scalar.string {
      case "true": return .bool(true)
      case "false": return .bool(false)
      case "", "null", "~": return .null
      default:
        let isNumber =
          scalar.string.wholeMatch(
            of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil
        return isNumber ? Double(scalar.string).map { .number($0) } : .string(scalar.string)
      }
    case .sequence(let items): return .array(items.compactMap { value(of: $0) })
    case .mapping(let members):
      return .object(
        members.compactMap { key, member in
          guard let name = key.string, let value = value(of: member) else { return nil }
          return JSON.Member(name, value)
        })
    case .alias: return nil
    }
  }
}

/// The part of JSON Schema (draft 2020-12) that our schema uses. An unknown keyword is an error.
struct Schema {
  private let root: JSON

  init(_ root: JSON) { self.root = root }

  /// Why a value is invalid; `nil` if it is valid.
  func refuses(_ value: JSON) -> String? { refuses(value, root, depth: 0) }

  private func refuses(_ value: JSON, _ schema: JSON, depth: Int) -> String? {
    guard depth < 100 else { return "nested too deep" }
    for keyword in schema.members ?? [] {
      if let why = refuses(value, keyword, in: schema, depth: depth) { return why }
    }
    return nil
  }

  private func refuses(
    _ value: JSON, _ keyword: JSON.Member, in schema: JSON, depth: Int
  ) -> String? {
    func check(_ value: JSON, _ schema: JSON) -> String? {
      refuses(value, schema, depth: depth + 1)
    }
    let wanted = keyword.value
    let why = keyword.name
    switch keyword.name {
    case "$schema", "title", "description", "default", "examples", "$defs": return nil
    case "$ref":
      let name = wanted.string?.split(separator: "/").last.map(String.init) ?? ""
      guard let target = root["$defs"]?[name] else { return "no definition of \(name)" }
      return check(value, target)
    case "type": return Self.isOf(wanted.string ?? "", value) ? nil : why
    case "enum": return wanted.items?.contains(value) == true ? nil : why
    case "anyOf":
      return wanted.items?.contains { check(value, $0) == nil } == true ? nil : why
    case "oneOf":
      return wanted.items?.count { check(value, $0) == nil } == 1 ? nil : why
    case "pattern":
      guard let text = value.string, let pattern = wanted.string else { return nil }
      guard let regex = try? Regex(pattern) else { return "\(pattern) is no pattern" }
      return text.contains(regex) ? nil : why
    case "minimum": return value.isNumber && value.number! < wanted.number! ? why : nil
    case "maximum": return value.isNumber && value.number! > wanted.number! ? why : nil
    case "exclusiveMinimum": return value.isNumber && value.number! <= wanted.number! ? why : nil
    case "exclusiveMaximum": return value.isNumber && value.number! >= wanted.number! ? why : nil
    case "required":
      guard let members = value.members else { return nil }
      let missing = wanted.items?.first { name in !members.contains { $0.name == name.string } }
      return missing.map { "\($0) is missing" }
    case "properties":
      return value.members?.firstResult { member in
        wanted[member.name].flatMap { check(member.value, $0) }
      }
    case "patternProperties":
      return value.members?.firstResult { member in
        wanted.members?.firstResult { pattern in
          (try? Regex(pattern.name)).map { member.name.contains($0) } ?? false
            ? check(member.value, pattern.value) : nil
        }
      }
    case "additionalProperties":
      let named = Set(schema["properties"]?.members?.map(\.name) ?? [])
      let patterns = (schema["patternProperties"]?.members ?? []).compactMap { try? Regex($0.name) }
      return value.members?.filter { member in
        !named.contains(member.name) && !patterns.contains { member.name.contains($0) }
      }.firstResult { member in
        wanted == .bool(false) ? "\(member.name) is not allowed" : check(member.value, wanted)
      }
    case "propertyNames":
      return value.members?.firstResult { check(.string($0.name), wanted) }
    case "minProperties": return (value.members?.count ?? 1000) < wanted.integer! ? why : nil
    case "maxProperties": return (value.members?.count ?? 0) > wanted.integer! ? why : nil
    case "items": return value.list?.firstResult { check($0, wanted) }
    case "minItems": return (value.list?.count ?? 1000) < wanted.integer! ? why : nil
    case "maxItems": return (value.list?.count ?? 0) > wanted.integer! ? why : nil
    default: return "this test knows no keyword \(keyword.name)"
    }
  }

  private static func isOf(_ type: String, _ value: JSON) -> Bool {
    switch type {
    case "object": value.members != nil
    case "array": value.list != nil
    case "string": value.string != nil
    case "boolean": value.bool != nil
    case "integer": value.isNumber && value.integer != nil
    case "number": value.isNumber
    default: false
    }
  }
}

extension JSON {
  fileprivate var isNumber: Bool { if case .number = self { true } else { false } }
  fileprivate var list: [JSON]? { items }
}

extension Sequence {
  /// The first non-`nil` result. A lazy `compactMap` would compute it twice, at each level of
  /// nesting.
  fileprivate func firstResult<Result>(_ transform: (Element) -> Result?) -> Result? {
    for element in self { if let result = transform(element) { return result } }
    return nil
  }
}
