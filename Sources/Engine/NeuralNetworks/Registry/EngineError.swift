/// Why the engine refuses a specification. Experiments gives it a place in the article.
package enum EngineError: Error, Hashable, Sendable {
  case unknownName(Kind, String)
  case argument(entry: String, parameter: String, problem: String)
  /// A layer that cannot take what comes out of the one before it.
  case shape(layer: LayerPath, name: String, expected: String, found: Shape)
  /// The parts of a residual block or of branches do not fit together.
  case join(layer: LayerPath, name: String, left: Shape, right: Shape)
  /// The network's output does not fit the targets or the loss.
  case output(found: Shape, expected: String, targets: String)
  /// A loss that is meant for other targets: `hinge` for numbers.
  case loss(name: String, targets: String, problem: String)
  /// A term that is fine alone, and not at this place.
  case layer(LayerPath, name: String, problem: String)
  /// Options that contradict each other or the data.
  case option(String, problem: String)
  /// A data file that is not what it should be, with the line or the byte where that shows.
  case file(path: String, place: FilePlace?, problem: String)
  /// Whoever asked has stopped asking.
  case canceled
}

/// Where in a data file a mistake is.
package enum FilePlace: Hashable, Sendable {
  /// From 1.
  case line(Int)
  /// From 0.
  case offset(Int)
}

extension EngineError: CustomStringConvertible {
  /// In an author's words, lower case, without a full stop.
  package var description: String {
    switch self {
    case .unknownName(let kind, let name): "no \(kind.rawValue) is named `\(name)`"
    case .argument(_, _, let problem): problem
    case .shape(_, let name, let expected, let found):
      "`\(name)` needs \(expected) and gets \(found)"
    case .join(_, let name, let left, let right):
      "`\(name)` cannot join \(left) and \(right)"
    case .output(let found, let expected, let targets):
      "the network gives \(found), but \(targets) ask for \(expected)"
    case .loss(let name, let targets, let problem):
      "the loss `\(name)` does not fit \(targets): \(problem)"
    case .layer(_, let name, let problem): "`\(name)`: \(problem)"
    case .option(let name, let problem): "`\(name)`: \(problem)"
    case .file(let path, .line(let line)?, let problem): "\(path), line \(line): \(problem)"
    case .file(let path, .offset(let offset)?, let problem):
      "\(path), at byte \(offset): \(problem)"
    case .file(let path, nil, let problem): "\(path): \(problem)"
    case .canceled: "the run was cancelled"
    }
  }
}
