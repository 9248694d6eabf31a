internal import Tensors

/// Weights as named tensors. A name is the index of the layer, from 0, and the name of the
/// parameter, as in PyTorch's `Sequential`: `0.weight`, `0.bias`, `1.running_mean`.
extension ExecutionPlan {
  /// Every parameter and running statistic.
  var tensors: [String: Safetensors.Tensor] {
    var tensors: [String: Safetensors.Tensor] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for (place, spec) in node.layer.parameters.enumerated() {
        tensors["\(index).\(spec.name)"] = Safetensors.Tensor(
          shape: spec.shape.extents, values: values(parameterViews[index][place], spec))
      }
      for (place, spec) in node.layer.states.enumerated() {
        tensors["\(index).\(spec.name)"] = Safetensors.Tensor(
          shape: [spec.count], values: memory.elements(stateViews[index][place]).map { $0.double })
      }
    }
    return tensors
  }

  /// Sets the parameters that `tensors` has; others keep their values. PyTorch's count of batches
  /// is ignored.
  ///
  /// - Throws: `EngineError.file` for a name or a shape that is not the network's.
  func set(_ tensors: [String: Safetensors.Tensor], path: String) throws(EngineError) {
    var rest = tensors
    func take(_ name: String, _ shape: Shape) throws(EngineError) -> [Double]? {
      guard let tensor = rest.removeValue(forKey: name) else { return nil }
      guard tensor.shape == shape.extents else {
        throw .file(
          path: path, place: nil,
          problem: "`\(name)` is \(Shape(tensor.shape)), and \(shape) in the network")
      }
      return tensor.values
    }
    for (index, node) in graph.nodes.enumerated() {
      for (place, spec) in node.layer.parameters.enumerated() {
        if let values = try take("\(index).\(spec.name)", spec.shape) {
          set(parameterViews[index][place], values, spec)
        }
      }
      for (place, spec) in node.layer.states.enumerated() {
        if let values = try take("\(index).\(spec.name)", Shape(spec.count)) {
          memory.set(stateViews[index][place], values.map { S($0) })
        }
      }
      if !node.layer.states.isEmpty { rest["\(index).num_batches_tracked"] = nil }
    }
    if let name = rest.keys.min() {
      throw .file(
        path: path, place: nil, problem: "`\(name)` is not among the network's parameters")
    }
  }
}
