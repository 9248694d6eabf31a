import Charts
import DecimalText
import Localization
import Markup
import NeuralNetworks

extension FigureMaker {
  /// `diagram`: the network as it was written, with the shapes that the engine found.
  func diagrams(_ groups: [RunGroup]) -> [any Chart] {
    zip(firstPlans, groups).compactMap { plan, group -> (any Chart)? in
      guard case .diagram(let job) = plan.job, let run = group.runs.first else { return nil }
      let shapes = LayerShapes(run)
      let input = run.fact("input") ?? ""
      var parts: [NetworkDrawing.Part] = [
        .layer(
          .init(
            words(.input), shape: input, kind: .data,
            units: Self.units(input)))
      ]
      parts += Self.parts(job.network, at: LayerPath(), shapes)
      if display.pass == "backward" {
        parts.append(
          .layer(
            .init(
              words.loss, detail: run.fact("loss").map { String($0.prefix { $0 != " " }) } ?? "",
              kind: .loss)))
      }
      return NetworkDrawing(
        group.label(hiding: []), parts: parts, look: display.look == "units" ? .units : .boxes,
        direction: display.pass == "backward" ? .backward : .forward)
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

/// What the engine found about each layer, by its path.
private struct LayerShapes {
  private var outputs: [String: String] = [:]
  private var counts: [String: Double] = [:]

  init(_ run: Run) {
    guard let table = run.table("summary"), let paths = table.words("path"),
      let outputs = table.words("output"), let parameters = table.numbers("parameters")
    else { return }
    for index in paths.indices {
      self.outputs[paths[index]] = outputs[index]
      counts[paths[index]] = parameters[index]
    }
  }

  private func key(_ path: LayerPath) -> String {
    path.indices.map(String.init).joined(separator: ".")
  }

  func output(_ path: LayerPath) -> String { outputs[key(path)] ?? "" }
  func parameters(_ path: LayerPath) -> Double { counts[key(path)] ?? 0 }
}
