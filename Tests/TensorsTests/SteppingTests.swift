import Testing

@testable import Tensors

/// A dense layer whose parameters step along gradients that are not stored.
@Suite struct SteppingTests {
  static let rules: [ParameterUpdate] = [
    .gradientDescent(rate: 0.1), .gradientDescent(rate: 0.1, decay: 0.01),
    .momentum(rate: 0.1, momentum: 0.9, isFirst: true),
    .momentum(rate: 0.1, momentum: 0.9, dampening: 0.2, decay: 0.01, isFirst: false),
    .momentum(rate: 0.1, momentum: 0.9, nesterov: true, isFirst: false),
    .adam(rate: 0.1, step: 3), .adam(rate: 0.1, decay: 0.1, decoupled: true, step: 1),
    .rmsProp(rate: 0.1, decay: 0.01), .adagrad(rate: 0.1),
  ]
  /// Rows, inputs and outputs around the tiles and on both sides of the special paths.
  static let shapes = [
    (3, 5, 4), (8, 64, 64), (33, 130, 128), (64, 200, 256), (64, 784, 10), (256, 37, 70),
    (40, 131, 160),
  ]

  private struct Layer {
    let workspace: Workspace<Float>
    let x: View, y: View, dy: View, dx: View
    let weights: SteppingParameters
    let bias: SteppingParameters
    let dw: View, dbias: View

    init(_ rows: Int, _ inputs: Int, _ outputs: Int, _ kernels: KernelTable, _ threads: Int) throws
    {
      var plan = WorkspacePlan()
      x = plan.reserve(rows: rows, columns: inputs)
      y = plan.reserve(rows: rows, columns: outputs)
      dy = plan.reserve(rows: rows, columns: outputs)
      dx = plan.reserve(rows: rows, columns: inputs)
      let vectors = (0..<3).map { _ in plan.reserve(inputs * outputs) }
      let biases = (0..<3).map { _ in plan.reserve(outputs) }
      dw = plan.reserve(rows: inputs, columns: outputs)
      dbias = plan.reserve(outputs)
      weights = SteppingParameters(
        vectors[0].reshaped(rows: inputs, columns: outputs), m: vectors[1], v: vectors[2])
      bias = SteppingParameters(biases[0], m: biases[1], v: biases[2])
      workspace = try Workspace(plan, kernels: kernels, threadLimit: threads)
      for (index, view) in ([x, y, dy] + vectors + biases).enumerated() {
        let values = samples(view.count, index)
        // Means of squares are not negative.
        workspace.set(view, index % 3 == 2 && index > 2 ? values.map { $0 * $0 } : values)
      }
    }

    func backward(stepping: Bool) {
      workspace.denseGradient(
        x: x, weights: weights.parameters, y: y, function: .tanh, dy: dy, dw: dw, dbias: dbias,
        dx: dx, stepping: stepping ? (weights, bias) : nil)
    }

    var everything: [Float] {
      [weights, bias].flatMap { [$0.parameters, $0.m!, $0.v!] }.flatMap(workspace.elements)
        + workspace.elements(dx)
    }
  }

  @Test(arguments: KernelTable.available, shapes)
  func steppingIsTheGradientThenTheUpdate(
    kernels: KernelTable, shape: (rows: Int, inputs: Int, outputs: Int)
  ) throws {
    for rule in Self.rules {
      let separate = try Layer(shape.rows, shape.inputs, shape.outputs, kernels, 1)
      let before = separate.everything
      separate.backward(stepping: false)
      separate.workspace.setUpdate(rule)
      separate.workspace.update(separate.weights, gradient: separate.dw)
      separate.workspace.update(separate.bias, gradient: separate.dbias)
      #expect(separate.everything != before)
      for threads in [1, 2] {
        let fused = try Layer(shape.rows, shape.inputs, shape.outputs, kernels, threads)
        fused.workspace.setUpdate(rule)
        fused.backward(stepping: true)
        #expect(bits(fused.everything) == bits(separate.everything), "\(rule), \(threads) threads")
        if threads == 1 {
          #expect(fused.workspace.elements(fused.dw).allSatisfy { $0 == 0 }, "dw was written")
        }
      }
    }
  }

  @Test func aReplayedStepUsesTheCurrentRule() throws {
    let layer = try Layer(8, 16, 20, .best, 1)
    layer.workspace.setUpdate(.gradientDescent(rate: 0))
    let before = layer.workspace.elements(layer.weights.parameters)
    let calls = try #require(layer.workspace.capture { layer.backward(stepping: true) })
    #expect(layer.workspace.elements(layer.weights.parameters) == before)
    layer.workspace.setUpdate(.gradientDescent(rate: 0.5))
    layer.workspace.run(calls)
    #expect(layer.workspace.elements(layer.weights.parameters) != before)
  }

  @Test func aReplayedBatchReadsTheCurrentIndices() throws {
    let source = try Workspace<Float>(count: 12)
    let rows = View(offset: 0, rows: 4, columns: 3)
    source.set(rows, (0..<12).map(Float.init))
    let workspace = try Workspace<Float>(count: 6)
    let batch = View(offset: 0, rows: 2, columns: 3)
    let indices = IndexBuffer([3, 0])
    let labels = IndexBuffer([10, 11, 12, 13])
    let picked = IndexBuffer(repeating: -1, count: 2)
    let calls = try #require(
      workspace.capture {
        workspace.gather(indices, of: rows, in: source, into: batch)
        workspace.gather(2, indices, of: labels, columns: 1, into: picked)
      })
    #expect(workspace.elements(batch) == [9, 10, 11, 0, 1, 2])
    #expect(picked[0] == 13 && picked[1] == 10)
    indices[0] = 1
    workspace.run(calls)
    #expect(workspace.elements(batch) == [3, 4, 5, 0, 1, 2])
    #expect(picked[0] == 11 && picked[1] == 10)
  }
}
