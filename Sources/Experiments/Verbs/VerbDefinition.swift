import Charts
import Diagnostics
import JSON
import Localization
import NeuralNetworks

/// All that the program knows of one verb: the words of the language, how a block of it is decoded
/// into a ``Job``, and how a result of it is shown.
///
/// A verb is one folder beside this file: this definition, its job with the tables of its results (in
/// a folder `Execution`, whose code is part of the engine's digest), its figure and its text.
/// ``Verb/allCases`` lists the verbs; nothing else distinguishes them.
protocol VerbDefinition: Sendable {
  // MARK: Language

  /// The first key of a block.
  var name: String { get }
  var summary: String { get }
  /// What follows the verb, in a few words.
  var subject: String { get }
  /// The JSON schema of what follows the verb.
  var subjectSchema: JSON { get }
  /// The options in the order of the reference.
  var options: [BlockOption] { get }
  /// Options that every block must have.
  var requiredOptions: [String] { get }
  /// The numbers that claims and prose can name.
  var metrics: [MetricName] { get }
  /// The words that `show` may hold, in the order of the reference.
  var show: [Show] { get }

  // MARK: Decoding

  /// What the block does, from the verb's subject and the options; `nil` where it has a mistake,
  /// which the decoder reports.
  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)?

  /// What is shown where the block does not say.
  ///
  /// - Parameter isSweep: Whether the block has several runs.
  func defaultShow(isSweep: Bool) -> [Show]

  /// What a slider can change besides the variables of `vary`.
  var sliders: [String] { get }

  /// Reports why one of ``sliders`` cannot be used in the block.
  func check(slider: Token, showing show: [Show], _ decoder: inout OptionDecoder)

  /// Selectors of metrics that a block need not name, as far as its subject shows.
  func impliedSelectors(of subject: BlockNode) -> [String]

  // MARK: Results

  /// The charts of a figure, of runs that no slider hides.
  ///
  /// - Parameter slider: The variable that a slider changes: it is not part of labels.
  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart]

  /// The frames of a figure, for one of ``sliders``.
  func frames(
    _ groups: [RunGroup], for slider: String, in maker: FigureMaker
  ) -> (title: String, frames: [Figure.Frame])

  /// Whether the charts ask for formulas, which a page sets before the figure is made.
  var showsFormulas: Bool { get }

  /// What was run, in clauses of one sentence; empty clauses are left out.
  func clauses(_ plan: RunPlan, of experiment: Experiment, _ words: Words) -> [String]

  /// The result for a terminal, section by section.
  func text(of result: ExperimentResult) -> [String]
}

// What holds for most verbs.
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
