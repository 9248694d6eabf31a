package import Diagnostics
import NeuralNetworks

/// A block that has been read and checked: what to run, and how to show it.
package struct Experiment: Hashable, Sendable {
  /// The block's id on its page: the one after `nn`, else `nn-3` for the third block.
  package let id: String
  /// The page that it stands on, as inline values name it.
  package let page: String
  package let verb: Verb
  /// The article.
  package let file: SourceFile
  /// The block's first line in the article, for messages about the block as a whole.
  package let range: Range<Int>
  /// The block as it was written.
  package let text: String
  /// What `vary` names, in its order.
  package internal(set) var variables: [Variable]
  /// The runs in their order: the last variable turns fastest, then the seed.
  var plans: [RunPlan]
  let claims: [Claim]
  var display: Display
  /// What the runs cost together.
  package internal(set) var cost: ExperimentCost

  package struct Variable: Hashable, Sendable {
    package var name: String
    /// As written, without the spaces around them.
    package var values: [String]
  }

  /// How the result is shown; nothing here is part of what is run.
  struct Display: Hashable, Sendable {
    var show: [Show] = []
    var caption: String?
    var alternative: String?
    var width: Int?
    var height: Int?
    var echo: ExperimentSettings.Echo = .hidden
    var slider: String?
    var scale = "auto"
    var pass = "forward"
    var look = "boxes"
    var digits = 4
    var axes: [String] = []
  }
}

/// One run of an experiment.
struct RunPlan: Hashable, Sendable {
  /// What `vary` gave each variable, in its order.
  var variables: [Run.Selector]
  /// Set where the block has repeats.
  var seed: Int?
  var job: Job
  /// Where the parts of the network stand in the article, for the engine's errors.
  var places: SourceRanges
  /// What it costs, known once the block was checked.
  var cost = JobCost()
}

/// Where the parts of one run's block stand in the article.
struct SourceRanges: Hashable, Sendable {
  var network: [LayerPath: Range<Int>] = [:]
  var options: [String: Range<Int>] = [:]
  /// The paths of data files.
  var files: [String: Range<Int>] = [:]
  /// The words of `show`.
  var show: [Show: Range<Int>] = [:]
  var verb: Range<Int>

  /// The place of a layer, or of the nearest one around it.
  func layer(_ path: LayerPath) -> Range<Int> {
    var indices = path.indices
    while !indices.isEmpty {
      if let range = network[LayerPath(indices)] { return range }
      indices.removeLast()
    }
    return verb
  }
}

/// What one run does: everything that its result depends on besides data files and the engine.
indirect enum Job: Hashable, Sendable {
  case plot(PlotJob)
  case train(TrainingSpec)
  case signal(TrainingSpec)
  case check(TrainingSpec)
  case trace(TrainingSpec)
  case graph(GraphJob)
  case diagram(DiagramJob)
  case list(ListJob)
  case dataset(Term, seed: UInt64)
}

struct PlotJob: Hashable, Sendable {
  struct Function: Hashable, Sendable {
    var term: Term
    /// As the author wrote it.
    var label: String
  }

  var functions: [Function]
  var low: Double
  var high: Double
  var points: Int
  var derivatives: String
  /// Of schedules.
  var rate: Double
  var epochs: Int

  var isSchedules: Bool { functions.first?.term.kind == .schedule }
}

struct GraphJob: Hashable, Sendable {
  var expression: ScalarGraph
  var values: [String: Double]
}

struct DiagramJob: Hashable, Sendable {
  var network: [LayerSpec]
  var input: Shape?
  var data: Term?
  var seed: UInt64
}

enum ListJob: Hashable, Sendable {
  case kind(String)
  case entries([ListedName])

  struct ListedName: Hashable, Sendable {
    var kind: Kind
    var name: String
  }
}

/// What an experiment costs, known before it is run.
package struct ExperimentCost: Hashable, Sendable {
  package struct Factor: Hashable, Sendable {
    package var name: String
    package var value: Double
  }

  /// See `Cost.operations`.
  package var operations: Double
  /// Of the run that needs most, its data included.
  package var bytes: Int
  /// Numbers of all results.
  package var numbers: Double
  /// The greatest first.
  package var factors: [Factor]
}
