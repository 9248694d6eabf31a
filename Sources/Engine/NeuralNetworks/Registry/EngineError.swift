/// Why the engine refuses a specification. `Experiments` adds its position in the article.
package enum EngineError: Error, Hashable, Sendable {
  /// No entry of the registry has this name.
  case unknownName(Kind, String)
  /// An argument that a term's parameter does not take, or a required one that is missing.
  case argument(entry: String, parameter: String, problem: String)
  /// A layer whose input does not have the shape that it needs.
  case shape(layer: LayerPath, name: String, expected: String, found: Shape)
  /// Parts of a residual block or of branches whose shapes differ.
  case join(layer: LayerPath, name: String, left: Shape, right: Shape)
  /// A network's output that fits neither the targets nor the loss.
  case output(found: Shape, expected: String, targets: String)
  /// A loss for other targets: `hinge` for numbers.
  case loss(name: String, targets: String, problem: String)
  /// A term that is valid alone, but not in this layer.
  case layer(LayerPath, name: String, problem: String)
  /// Options that contradict each other or the data.
  case option(String, problem: String)
  /// A missing or malformed data file, with the line or byte of the fault.
  case file(path: String, place: FilePlace?, problem: String)
  /// The caller canceled the run.
  case canceled
}

/// A position in a data file.
package enum FilePlace: Hashable, Sendable {
  /// A line, from 1.
  case line(Int)
  /// A byte, from 0.
  case offset(Int)
}

extension EngineError: CustomStringConvertible {
  /// A sentence for authors, lower case, without a full stop.
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
    case .canceled: "the run was canceled"
    }
  }
}
