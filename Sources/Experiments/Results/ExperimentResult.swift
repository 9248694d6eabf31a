import Markup

/// An experiment with its outcome.
package struct ExperimentResult: Hashable, Sendable {
  package let experiment: Experiment
  package let outcome: Outcome
  let provenance: Provenance
}

/// The inputs from which a result was computed.
struct Provenance: Hashable, Sendable {
  var engine: String
  /// The cache key of each run's outcome.
  var keys: [String]
  /// The data files that the runs read, sorted by path.
  var files: [FileDigest]
}

/// The page's settings and functions for a figure.
package struct FigureContext: Sendable {
  /// The language of a figure's generated text: `en` or `zh`.
  package var language: String
  /// Relative addresses of the result's files.
  package var csvLink: String?
  package var jsonLink: String?
  /// Converts a formula to HTML. All formulas of a figure are in ``ExperimentResult/formulas``.
  package var formula: @Sendable (_ tex: String) -> String
  /// Converts the block's text to highlighted HTML for `<pre><code>`.
  package var code: @Sendable (_ text: String) -> String
  /// Converts an author's caption to HTML: inline Markdown.
  package var prose: @Sendable (_ text: String) -> String

  /// A context; without the functions, formulas and code are shown as escaped text.
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
