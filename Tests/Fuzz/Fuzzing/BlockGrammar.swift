import Experiments
import NeuralNetworks

/// Generates nn blocks from the language's own registries. Most are correct; now and then an
/// argument is at the end of its range or beyond it.
struct BlockGrammar {
  var random: FuzzRandom
  /// One value in this many is an odd one.
  private let oddness: Int

  init(_ random: FuzzRandom) {
    self.random = random
    oddness = self.random.element(of: [4, 12, 40, 400])
  }

  mutating func block() -> String {
    let verb = random.element(of: Verb.allCases)
    var lines = ["\(verb.rawValue): \(subject(of: verb))"]
    let names = BlockOption.names(for: verb).filter { $0 != "limit" }
    if [.train, .signal, .check, .trace, .diagram].contains(verb), !random.once(in: 8) {
      lines.append("data: \(dataset())")
    }
    if verb == .graph { lines.append("at: {x: \(number()), y: \(number()), z: \(number())}") }
    if verb == .train { lines.append("epochs: \(1 + random.below(4))") }
    for _ in 0..<random.below(6) {
      let name = random.element(of: names)
      guard let option = BlockOption.named(name, for: verb) else { continue }
      lines.append("\(name): \(value(of: option, verb))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Subjects

  private mutating func subject(of verb: Verb) -> String {
    switch verb {
    case .plot:
      let kind: Kind = random.once(in: 4) ? .schedule : .activation
      return "[" + list(of: 1 + random.below(3)) { $0.term(kind) } + "]"
    case .graph: return expression(3)
    case .list:
      return random.element(of: [
        "activations", "initializers", "losses", "optimizers", "layers", "data", "metrics",
        "[relu, adam]", "[\(term(.layer))]", "schedules", "options",
      ])
    case .dataset: return dataset()
    default: return network(depth: 2)
    }
  }

  private mutating func network(depth: Int) -> String {
    "[" + list(of: 1 + random.below(4)) { $0.layer(depth: depth) } + "]"
  }

  private mutating func layer(depth: Int) -> String {
    guard depth > 0, random.once(in: 6) else {
      return random.once(in: 2)
        ? "dense \(random.once(in: oddness) ? number() : "\(1 + random.below(6))")"
        : term(random.once(in: 2) ? .activation : .layer)
    }
    switch random.below(4) {
    case 0: return "{repeat \(1 + random.below(4)): \(network(depth: depth - 1))}"
    case 1: return "{residual: \(network(depth: depth - 1))}"
    case 2: return "{freeze: \(network(depth: depth - 1))}"
    default:
      let branches = list(of: 1 + random.below(3)) { $0.network(depth: depth - 1) }
      return "{branches: [\(branches)]}"
    }
  }

  private mutating func dataset() -> String {
    if random.once(in: 3) {
      return random.element(of: [
        "moons samples=40", "blobs samples=40 classes=3", "sine samples=30", "xor", "iris",
        "circles samples=30 noise=0.1", "spirals samples=40",
      ])
    }
    let text = term(.dataset)
    return text.contains("samples") || random.once(in: 4) ? text : text + " samples=24"
  }

  private mutating func expression(_ depth: Int) -> String {
    guard depth > 0 else {
      return random.once(in: 3) ? number() : random.element(of: ["x", "y", "z"])
    }
    switch random.below(8) {
    case 0: return "(\(expression(depth - 1)))"
    case 1: return "-\(expression(depth - 1))"
    case 2:
      let name = random.element(of: ["sin", "exp", "log", "sqrt", "sigmoid", "tanh", "max", "relu"])
      return "\(name)(\(expression(depth - 1)))"
    case 3: return "\(expression(depth - 1))^\(random.below(5))"
    default:
      let sign = random.element(of: ["+", "-", "*", "/"])
      return "\(expression(depth - 1)) \(sign) \(expression(depth - 1))"
    }
  }

  // MARK: Terms

  private mutating func term(_ kind: Kind) -> String {
    let entry = random.element(of: Registry.entries(of: kind))
    var text = random.once(in: 8) ? random.element(of: [entry.name] + entry.aliases) : entry.name
    for parameter in entry.parameters {
      guard parameter.isRequired || random.once(in: 2) else { continue }
      let value = argument(parameter)
      text += parameter.isPositional ? " \(value)" : " \(parameter.name)=\(value)"
    }
    return text
  }

  private mutating func argument(_ parameter: Parameter) -> String {
    if random.once(in: oddness) { return number() }
    switch parameter.type {
    case .integer: return integer(parameter.range?.lower, parameter.range?.upper)
    case .number: return real(parameter.range?.lower, parameter.range?.upper)
    case .flag: return random.element(of: ["true", "false"])
    case .choice(let words): return random.element(of: words)
    case .text: return random.element(of: ["data/a.csv", "x", "y", "label", "data/iris.csv"])
    case .numbers:
      return "[" + list(of: 1 + random.below(3)) { $0.real(parameter.range?.lower, nil) } + "]"
    case .term(let kind): return random.element(of: Registry.names(of: kind))
    }
  }

  private mutating func integer(_ lower: Double?, _ upper: Double?) -> String {
    let least = lower.flatMap { Int(exactly: $0) } ?? 0
    if random.once(in: 20), let upper { return "\(Int(exactly: upper) ?? 9)" }
    return "\(least + random.below(6))"
  }

  private mutating func real(_ lower: Double?, _ upper: Double?) -> String {
    switch random.below(10) {
    case 0: "\(lower ?? 0)"
    case 1: "\(upper ?? 1)"
    default: random.element(of: ["0.01", "0.1", "0.3", "0.5", "0.9", "1", "2"])
    }
  }

  private mutating func number() -> String { random.element(of: Vocabulary.numbers) }

  // MARK: Options

  private mutating func value(of option: BlockOption, _ verb: Verb) -> String {
    if random.once(in: oddness) { return number() }
    switch option.type {
    case .integer: return "\(1 + random.below(6))"
    case .number: return real(0, 1)
    case .flag: return random.element(of: ["true", "false"])
    case .word(let words): return random.element(of: words)
    case .show:
      let words = Show.words(for: verb).map(\.rawValue)
      return "[" + list(of: 1 + random.below(3)) { $0.random.element(of: words) } + "]"
    case .term(let kind): return Kind(rawValue: kind.rawValue).map { term($0) } ?? number()
    case .text: return random.element(of: ["words", "epoch", "a", "\"a $$x^2$$ b\"", "深度 *学习*"])
    case .range: return random.element(of: ["-2..2", "0..1", "-1e3..1e3", "1..2"])
    case .shape: return random.element(of: ["1x6x6", "3", "2x8", "3x5x5"])
    case .numbers: return "{x: \(number()), y: 2}"
    case .names: return "[x1, x2]"
    case .variables: return "{a: [\(number()), 2], b: [relu, tanh]}"
    case .claims: return claim(verb)
    }
  }

  private mutating func claim(_ verb: Verb) -> String {
    let names = MetricName.names(for: verb)
    guard !names.isEmpty else { return number() }
    func side(_ random: inout FuzzRandom) -> String {
      let name = random.element(of: names)
      return name.selectors.isEmpty ? name.name : "\(name.name)[\(name.selectors[0])=1]"
    }
    let left = side(&random)
    switch random.below(4) {
    case 0: return "\(left) within 0..\(number())"
    case 1: return "\(left) ~ \(number()) ± \(number())%"
    case 2: return "\(left) / \(side(&random)) < \(number()) * \(side(&random))"
    default: return "\(left) \(random.element(of: ["<", "<=", ">", ">=", "==", "!="])) \(number())"
    }
  }

  private mutating func list(of count: Int, _ item: (inout BlockGrammar) -> String) -> String {
    var items: [String] = []
    for _ in 0..<count { items.append(item(&self)) }
    return items.joined(separator: ", ")
  }
}
