import Charts
import DecimalText
import Localization
import Markup
import NeuralNetworks

extension FigureMaker {
  /// The charts of `diagram`: the network as written, with the shapes computed by the engine.
  func diagrams(_ groups: [RunGroup]) -> [any Chart] {
    let isBackward = display[.pass] == ["backward"]
    return groups.compactMap { group -> (any Chart)? in
      guard let run = group.runs.first else { return nil }
      let job = group.plan.job(as: DiagramJob.self)
      let shapes = LayerShapes(run)
      let input = run[.input] ?? ""
      var parts: [NetworkDrawing.Part] = [
        .layer(
          .init(
            words(.input), shape: input, kind: .data,
            units: Self.units(input)))
      ]
      parts += Self.parts(job.network, at: LayerPath(), shapes)
      if isBackward {
        parts.append(
          .layer(
            .init(
              words.loss, detail: run[.loss].map { String($0.prefix { $0 != " " }) } ?? "",
              kind: .loss)))
      }
      return NetworkDrawing(
        group.label(hiding: []), parts: parts, look: display[.look] == ["units"] ? .units : .boxes,
        direction: isBackward ? .backward : .forward)
    }
  }

  private static func units(_ shape: String) -> Int? {
    Int(shape).flatMap { $0 <= 64 ? $0 : nil }
  }

  private static func parts(
    _ layers: [LayerSpec], at place: LayerPath, _ shapes: LayerShapes, isFrozen: Bool = false
  ) -> [NetworkDrawing.Part] {
    layers.enumerated().flatMap { index, spec -> [NetworkDrawing.Part] in
      let path = place.appending(index)
      switch spec {
      case .term(let term):
        return [.layer(layer(term, at: path, shapes, isFrozen: isFrozen))]
      case .repeated(let times, let inside):
        return [.repeated(times, parts(inside, at: path, shapes, isFrozen: isFrozen))]
      case .residual(let inside):
        return [
          .residual(
            parts(inside, at: path, shapes, isFrozen: isFrozen),
            join: .init("+", shape: shapes.output(path), kind: .join))
        ]
      case .branches(let branches, let join):
        return [
          .branches(
            branches.enumerated().map {
              parts($1, at: path.appending($0), shapes, isFrozen: isFrozen)
            },
            join: .init(
              join == .add ? "+" : join.rawValue, shape: shapes.output(path), kind: .join))
        ]
      case .frozen(let inside): return parts(inside, at: path, shapes, isFrozen: true)
      }
    }
  }

  private static func layer(
    _ term: Term, at path: LayerPath, _ shapes: LayerShapes, isFrozen: Bool
  ) -> NetworkDrawing.Layer {
    let count = shapes.parameters(path)
    let output = shapes.output(path)
    return NetworkDrawing.Layer(
      RunSummary.short(term), detail: count > 0 ? "\(Int(clamped: count))" : "", shape: output,
      kind: count > 0 ? .weights : .function,
      units: count > 0 ? units(output) : nil, isFrozen: isFrozen)
  }
}

/// Output shapes and parameter counts of the layers, by path.
private struct LayerShapes {
  private var outputs: [String: String] = [:]
  private var counts: [String: Double] = [:]

  init(_ run: Run) {
    guard let table = run.table(SummaryTable.self) else { return }
    for (index, path) in table.path.enumerated() {
      outputs[path] = table.output[index]
      counts[path] = table.parameters[index]
    }
  }

  func output(_ path: LayerPath) -> String { outputs[SummaryTable.key(of: path)] ?? "" }
  func parameters(_ path: LayerPath) -> Double { counts[SummaryTable.key(of: path)] ?? 0 }
}
