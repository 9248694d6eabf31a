/// Reads simple TeX mathematics: letters, Greek, scripts, a few signs.
///
/// Unknown commands are shown by name, so that nothing is lost.
struct LabelMathParser {
  /// Maximum nesting of groups and of commands as arguments of commands; deeper ones are omitted.
  private static let deepest = 32

  private var rest: Substring
  private var depth: Int

  init(_ source: Substring, depth: Int = 0) {
    rest = source
    self.depth = depth
  }

  mutating func runs() -> [Label.Run] {
    var runs: [Label.Run] = []
    while let first = rest.first {
      switch first {
      case " ": rest.removeFirst()
      case "^", "_":
        rest.removeFirst()
        let shift: Label.Shift = first == "^" ? .up : .down
        for run in argument() {
          runs.append(Label.Run(text: run.text, shift: shift, isItalic: run.isItalic))
        }
      case "{": runs += argument()
      case "}": rest.removeFirst()
      case "'":
        rest.removeFirst()
        runs.append(Label.Run(text: "′"))
      case "\\": runs += command()
      default: runs.append(atom())
      }
    }
    return runs
  }

  /// Reads a group in braces, a command or one character.
  private mutating func argument() -> [Label.Run] {
    while rest.first == " " { rest.removeFirst() }
    guard let first = rest.first else { return [] }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      rest = ""
      return []
    }
    if first == "\\" { return command() }
    guard first == "{" else { return [atom()] }
    rest.removeFirst()
    var depth = 1
    var end = rest.startIndex
    while end < rest.endIndex {
      if rest[end] == "{" { depth += 1 }
      if rest[end] == "}" { depth -= 1 }
      if depth == 0 { break }
      end = rest.index(after: end)
    }
    var inner = LabelMathParser(rest[..<end], depth: depth)
    rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
    return inner.runs()
  }

  private mutating func atom() -> Label.Run {
    let character = rest.removeFirst()
    switch character {
    case "-": return Label.Run(text: "−")
    case "*": return Label.Run(text: "·")
    case "=", "<", ">", "+": return Label.Run(text: "\u{2009}\(character)\u{2009}")
    case ",": return Label.Run(text: ",\u{2009}")
    default:
      return Label.Run(text: String(character), isItalic: character.isLetter && character.isASCII)
    }
  }

  private mutating func command() -> [Label.Run] {
    rest.removeFirst()
    let name = rest.prefix { $0.isLetter && $0.isASCII }
    guard !name.isEmpty else {
      let character = rest.popFirst()
      switch character {
      case ",", ";", ":", " ": return [Label.Run(text: "\u{2009}")]
      case "!", nil: return []
      case let other?: return [Label.Run(text: String(other))]
      }
    }
    rest = rest[name.endIndex...]
    switch name {
    case "mathrm", "text", "operatorname", "mathbf", "mathit", "mathsf", "mathcal", "mathbb", "bf",
      "boldsymbol", "textbf", "mbox":
      let upright = name != "mathit"
      let keepsSpaces = name == "text" || name == "mbox" || name == "textbf"
      if keepsSpaces, rest.first == "{", let end = rest.firstIndex(of: "}") {
        let text = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        return [Label.Run(text: String(text))]
      }
      return argument().map {
        Label.Run(text: $0.text, shift: $0.shift, isItalic: upright ? false : $0.isItalic)
      }
    case "frac", "tfrac", "dfrac":
      let above = argument()
      let below = argument()
      let needsBrackets = below.map(\.text).joined().count > 1
      return above + [Label.Run(text: needsBrackets ? "/(" : "/")] + below
        + (needsBrackets ? [Label.Run(text: ")")] : [])
    case "sqrt":
      let inner = argument()
      let needsBrackets = inner.map(\.text).joined().count > 1
      return [Label.Run(text: needsBrackets ? "√(" : "√")] + inner
        + (needsBrackets ? [Label.Run(text: ")")] : [])
    case "hat", "bar", "tilde", "dot", "vec", "overline", "widehat":
      let mark =
        switch name {
        case "hat", "widehat": "\u{302}"
        case "tilde": "\u{303}"
        case "dot": "\u{307}"
        case "vec": "\u{20d7}"
        default: "\u{304}"
        }
      return argument().map {
        Label.Run(text: $0.text + mark, shift: $0.shift, isItalic: $0.isItalic)
      }
    case "left", "right", "displaystyle", "quad", "limits":
      return name == "quad" ? [Label.Run(text: "\u{2003}")] : []
    default:
      guard let sign = Self.signs[String(name)] else { return [Label.Run(text: String(name))] }
      let isRelation = Self.relations.contains(String(name))
      return [Label.Run(text: isRelation ? "\u{2009}\(sign)\u{2009}" : sign)]
    }
  }

  private static let relations: Set<String> = [
    "times", "pm", "to", "rightarrow", "le", "leq", "ge", "geq", "ne", "neq", "approx", "in", "sim",
    "odot", "otimes", "oplus", "propto", "cdot",
  ]

  private static let signs: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ",
    "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "times": "×", "cdot": "·", "pm": "±", "to": "→", "rightarrow": "→", "le": "≤",
    "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "∼",
    "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "in": "∈",
    "odot": "⊙", "otimes": "⊗", "oplus": "⊕", "propto": "∝", "ell": "ℓ", "ldots": "…",
    "cdots": "⋯", "dots": "…", "prime": "′", "circ": "∘", "ast": "∗", "top": "⊤", "langle": "⟨",
    "rangle": "⟩", "lVert": "‖", "rVert": "‖", "Vert": "‖", "vert": "|", "mid": "|",
  ]

  static func raised(_ text: String) -> String? { mapped(text, raisedCharacters) }
  static func lowered(_ text: String) -> String? { mapped(text, loweredCharacters) }

  private static func mapped(_ text: String, _ table: [Character: Character]) -> String? {
    var result = ""
    for character in text {
      guard let mapped = table[character] else { return nil }
      result.append(mapped)
    }
    return result
  }

  private static let raisedCharacters: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹", "−": "⁻", "-": "⁻", "+": "⁺", "n": "ⁿ", "i": "ⁱ", "′": "′", "(": "⁽", ")": "⁾",
  ]
  private static let loweredCharacters: [Character: Character] = [
    "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈",
    "9": "₉", "−": "₋", "-": "₋", "+": "₊", "i": "ᵢ", "j": "ⱼ", "t": "ₜ", "k": "ₖ", "n": "ₙ",
    "m": "ₘ", "x": "ₓ", "h": "ₕ", "l": "ₗ", "(": "₍", ")": "₎",
  ]
}
