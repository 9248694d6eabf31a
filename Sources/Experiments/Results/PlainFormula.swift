/// The engine's own formulas as text for a terminal: `\frac{\partial E}{\partial W^{(1)}}` as
/// `∂E/∂W⁽¹⁾`. Authors' formulas are set by KaTeX instead.
struct PlainFormula {
  private var rest: Substring

  private init(_ tex: String) { rest = tex[...] }

  static func text(_ tex: String) -> String {
    var formula = PlainFormula(tex)
    return formula.sequence()
  }

  private mutating func sequence() -> String {
    var text = ""
    while let character = rest.first, character != "}" { text += piece(after: character) }
    return text
  }

  private mutating func piece(after character: Character) -> String {
    rest.removeFirst()
    switch character {
    case "\\": return command()
    case "{":
      let text = sequence()
      if rest.first == "}" { rest.removeFirst() }
      return text
    case "^": return Self.script(argument(), Self.raised, "^")
    case "_": return Self.script(argument(), Self.lowered, "_")
    case "&": return " "
    default: return String(character)
    }
  }

  /// Reads a group, a command or one character.
  private mutating func argument() -> String {
    rest.first.map { piece(after: $0) } ?? ""
  }

  private mutating func command() -> String {
    let name = rest.prefix(while: \.isLetter)
    guard !name.isEmpty else {
      let sign = rest.popFirst()
      return sign == "\\" ? "; " : sign == "_" ? "_" : sign == "," ? " " : ""
    }
    rest = rest[name.endIndex...]
    if rest.first == " " { rest.removeFirst() }
    switch name {
    case "frac", "tfrac", "dfrac":
      let upper = argument()
      return Self.closed(upper) + "/" + Self.closed(argument())
    case "text", "operatorname", "mathrm", "mathbf", "bigl", "bigr": return argument()
    case "begin", "end":
      _ = argument()
      return ""
    case "left", "right", "quad": return name == "quad" ? " " : ""
    default: return Self.symbols[String(name)] ?? String(name)
    }
  }

  /// The text, in parentheses if it is more than one factor.
  private static func closed(_ text: String) -> String {
    text.contains { "+-−·⊙ ".contains($0) } ? "(\(text))" : text
  }

  private static func script(
    _ text: String, _ letters: [Character: Character], _ mark: String
  ) -> String {
    let small = text.compactMap { letters[$0] }
    if small.count == text.count { return String(small) }
    return mark + (text.count > 1 ? "(\(text))" : text)
  }

  private static let raised = table("0123456789()+-nᵀ", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻ⁿᵀ")
  private static let lowered = table("0123456789()+-jk", "₀₁₂₃₄₅₆₇₈₉₍₎₊₋ⱼₖ")

  private static func table(_ from: String, _ to: String) -> [Character: Character] {
    Dictionary(uniqueKeysWithValues: zip(from, to))
  }

  private static let symbols = [
    "partial": "∂", "delta": "δ", "eta": "η", "sigma": "σ", "beta": "β", "mu": "μ", "top": "ᵀ",
    "odot": "⊙", "cdot": "·", "times": "×", "sum": "Σ", "le": "≤", "ge": "≥", "ell": "ℓ",
    "leftarrow": "←", "sqrt": "√", "infty": "∞", "varepsilon": "ε", "lambda": "λ", "alpha": "α",
    "nabla": "∇", "gamma": "γ",
  ]
}
