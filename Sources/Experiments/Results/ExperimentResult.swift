import Markup

/// An experiment and what came of it.
package struct ExperimentResult: Hashable, Sendable {
  package let experiment: Experiment
  package let outcome: Outcome
  let provenance: Provenance
}

/// What a result was made with.
struct Provenance: Hashable, Sendable {
  var engine: String
  /// For each run, what its outcome is kept under.
  var keys: [String]
  /// The data files that the runs read, ordered by path.
  var files: [FileDigest]
}

/// What a figure needs from its page.
package struct FigureContext: Sendable {
  /// The language of a figure's own words: `en` or `zh`.
  package var language: String
  /// Addresses of the result's files, from the page.
  package var csvLink: String?
  package var jsonLink: String?
  /// A formula as markup. Every formula that a figure holds is in ``ExperimentResult/formulas``.
  package var formula: @Sendable (_ tex: String) -> String
  /// The block's text as highlighted markup, for `<pre><code>`.
  package var code: @Sendable (_ text: String) -> String
  /// An author's caption as markup: Markdown within a line.
  package var prose: @Sendable (_ text: String) -> String

  /// Without functions, formulas and code are shown as escaped text.
  package init(
    language: String = "en", csvLink: String? = nil, jsonLink: String? = nil,
    formula: (@Sendable (String) -> String)? = nil, code: (@Sendable (String) -> String)? = nil,
    prose: (@Sendable (String) -> String)? = nil
  ) {
    self.language = language
    self.csvLink = csvLink
    self.jsonLink = jsonLink
    self.formula = formula ?? { "<code>\(escaped($0))</code>" }
    self.code = code ?? { escaped($0) }
    self.prose = prose ?? { escaped($0) }
  }
}
