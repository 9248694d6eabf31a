import Markup

/// An experiment and what came of it.
package struct ExperimentResult: Hashable, Sendable {
  package let experiment: Experiment
  package let outcome: Outcome

  package init(experiment: Experiment, outcome: Outcome) {
    self.experiment = experiment
    self.outcome = outcome
  }

  /// The result as a file: settings, metrics, curves, digests, in a stable order.
  package var json: [UInt8] { [] }

  /// The result's main table as RFC 4180.
  package var csv: [UInt8] { [] }
}

/// What the makers of a figure ask the page for.
package struct FigureContext: Sendable {
  /// Language of the words that a figure says by itself: `en` or `zh`.
  package var language: String
  /// Addresses of the result's files, from the page.
  package var csvLink: String?
  package var jsonLink: String?
  /// A formula as markup. Every formula that a figure holds is in ``ExperimentResult/formulas``.
  package var formula: @Sendable (_ tex: String) -> String
  /// The block's text as highlighted markup, to stand in `<pre><code>`.
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

extension ExperimentResult {
  /// The TeX of all formulas that ``figure(_:)`` will ask for, each once, in order.
  package var formulas: [String] { [] }

  /// The author's caption as written, where there is one: what ``FigureContext/prose`` is asked for.
  package var caption: String? { nil }

  /// The figure as it stands in the page. Ids in it begin with the experiment's.
  package func figure(_ context: FigureContext) -> String { "" }
}
