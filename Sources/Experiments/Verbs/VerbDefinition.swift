import Charts
import Diagnostics
import JSON
import Localization
import NeuralNetworks

/// The definition of a verb: its part of the language, the decoding of its blocks into a ``Job``,
/// and the display of its results.
///
/// A verb is one folder beside this file: this definition, its job with the tables of its results
/// (in a folder `Execution`, whose code is part of the engine's digest), its figure and its text.
/// ``Verb/allCases`` lists the verbs; no other code depends on which verbs exist.
protocol VerbDefinition: Sendable {
  // MARK: Language

  /// The first key of a block.
  var name: String { get }
  var summary: String { get }
  /// A short description of the verb's subject.
  var subject: String { get }
  /// The JSON schema of the verb's subject.
  var subjectSchema: JSON { get }
  /// The options in the order of the reference.
  var options: [BlockOption] { get }
  /// Options that every block must have.
  var requiredOptions: [String] { get }
  /// The numbers that claims and inline values can refer to.
  var metrics: [MetricName] { get }
  /// The words allowed in `show`, in the order of the reference.
  var show: [Show] { get }

  // MARK: Decoding

  /// The job of the verb's subject and the options; `nil` if there are errors, which the decoder
  /// reports.
  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)?

  /// The words of `show` for a block without it.
  ///
  /// - Parameter isSweep: Whether the block has several runs.
  func defaultShow(isSweep: Bool) -> [Show]

  /// Sliders besides the variables of `vary`.
  var sliders: [String] { get }

  /// Reports why one of ``sliders`` cannot be used in the block.
  func check(slider: Token, showing show: [Show], _ decoder: inout OptionDecoder)

  /// Selectors that claims may omit, as far as the subject determines them.
  func impliedSelectors(of subject: BlockNode) -> [String]

  // MARK: Results

  /// The charts of a figure for the given runs.
  ///
  /// - Parameter slider: The variable of the slider, which is omitted from labels.
  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart]

  /// The frames of a figure for one of ``sliders``.
  func frames(
    _ groups: [RunGroup], for slider: String, in maker: FigureMaker
  ) -> (title: String, frames: [Figure.Frame])

  /// Whether the charts contain formulas, which a page converts before the figure is made.
  var showsFormulas: Bool { get }

  /// The clauses of the sentence that summarizes the run; empty ones are omitted.
  func clauses(_ plan: RunPlan, of experiment: Experiment, _ words: Words) -> [String]

  /// The result as text for a terminal, section by section.
  func text(of result: ExperimentResult) -> [String]
}

// Defaults that hold for most verbs.
extension VerbDefinition {
  var requiredOptions: [String] { [] }
  var show: [Show] { [] }
  func defaultShow(isSweep: Bool) -> [Show] { [] }
  var sliders: [String] { [] }
  func check(slider: Token, showing show: [Show], _ decoder: inout OptionDecoder) {}
  func impliedSelectors(of subject: BlockNode) -> [String] { [] }
  func frames(
    _ groups: [RunGroup], for slider: String, in maker: FigureMaker
  ) -> (title: String, frames: [Figure.Frame]) { (slider, []) }
  var showsFormulas: Bool { false }
  func clauses(_ plan: RunPlan, of experiment: Experiment, _ words: Words) -> [String] { [] }
}

/// A verb whose subject is a network: a list of layers.
protocol NetworkVerb: VerbDefinition {}

extension NetworkVerb {
  var subject: String { "a network: a list of layers" }
  var subjectSchema: JSON { LanguageReference.reference("layers") }
}
