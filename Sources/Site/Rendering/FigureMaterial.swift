import Markup

/// Formulas, code and captions of figures, typeset in advance, keyed by their source.
struct FigureMaterial: Sendable {
  var formulas: [String: String] = [:]
  var code: [String: String] = [:]
  var captions: [Caption: TypesetCaption] = [:]

  func formula(_ tex: String) -> String { formulas[tex] ?? "<code>\(escaped(tex))</code>" }
  func code(_ text: String) -> String { code[text] ?? escaped(text) }
}
