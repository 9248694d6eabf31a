/// A reference of the language for readers and editors, generated from the registry and the verbs.
package enum LanguageReference {
  /// The four structures of a network, with their meaning.
  static let structures: [(String, String)] = [
    ("{repeat 30: [dense 64, tanh]}", "the layers, that many times in a row"),
    ("{residual: [conv 8, relu, conv 8]}", "x + f(x): the layers, and a connection around them"),
    (
      "{branches: [[conv 8], [conv 8, conv 8]]}",
      "the same input through each; the outputs joined by concat, or by add with `branches add`"
    ),
    ("{freeze: [dense 16, relu]}", "layers that the optimizer leaves alone"),
  ]
}

extension BlockOption {
  /// The allowed values of the option, in a few words.
  var valueWords: String {
    let bounds = bounds.map { " \($0.words)" } ?? ""
    let unit = unit.map { " \($0)" } ?? ""
    switch type {
    case .integer: return "whole number\(bounds)\(unit)"
    case .number: return "number\(bounds)\(unit)"
    case .flag: return "true or false"
    case .word(let words): return words.joined(separator: ", ")
    case .show: return "words, in order"
    case .term(let kind): return kind.kind.words
    case .text: return "text"
    case .range: return "interval, -6..6"
    case .shape: return "shape, 1x28x28"
    case .numbers: return "names and numbers"
    case .names: return "names"
    case .variables: return "names and lists of values"
    case .claims: return "a claim, or a list of them"
    }
  }
}
