import Testing

@testable import Tensors

/// One image's geometry, and the window.
struct PooledCase: Sendable, CustomTestStringConvertible {
  let shape: PooledConvolution
  var testDescription: String { shape.description }

  init(
    _ channels: Int, _ size: (Int, Int), _ filters: Int, kernel: (Int, Int), stride: Int = 1,
    pad: Int = 0, dilationY: Int = 1, groups: Int = 1, window: (Int, Int), step: Int, edge: Int = 0
  ) {
    let convolution = Convolution(
      channels: channels, height: size.0, width: size.1, filters: filters, kernelHeight: kernel.0,
      kernelWidth: kernel.1, strideY: stride, strideX: stride, padY: pad, padX: pad,
      dilationY: dilationY, groups: groups)!
    let pooling = Pooling(
      .maximum, channels: filters, height: convolution.outHeight, width: convolution.outWidth,
      kernelHeight: window.0, kernelWidth: window.1, strideY: step, strideX: step, padY: edge,
      padX: edge)!
    shape = PooledConvolution(convolution, pooling)!
  }

  /// Kernels of every width with its own path, filters and lines around every block size,
  /// windows that overlap, leave pixels out and reach beyond the edge.
  static let all: [PooledCase] = [
    PooledCase(1, (28, 28), 8, kernel: (3, 3), pad: 1, window: (2, 2), step: 2),
    PooledCase(8, (14, 14), 16, kernel: (3, 3), pad: 1, window: (2, 2), step: 2),
    PooledCase(1, (13, 23), 5, kernel: (5, 5), pad: 2, window: (2, 2), step: 2),
    PooledCase(3, (11, 12), 17, kernel: (5, 5), window: (3, 3), step: 2, edge: 1),
    PooledCase(
      4, (9, 11), 10, kernel: (3, 2), stride: 2, pad: 1, groups: 2, window: (2, 2), step: 2),
    PooledCase(16, (8, 9), 33, kernel: (3, 3), pad: 1, window: (3, 3), step: 3),
    PooledCase(5, (10, 7), 9, kernel: (4, 1), dilationY: 2, window: (1, 5), step: 2),
    PooledCase(6, (8, 8), 24, kernel: (3, 3), pad: 3, groups: 6, window: (4, 2), step: 3),
    PooledCase(2, (5, 6), 4, kernel: (1, 1), window: (2, 3), step: 2, edge: 1),
    PooledCase(7, (6, 30), 12, kernel: (2, 7), window: (2, 2), step: 4),
    PooledCase(1, (2, 2), 4, kernel: (1, 1), window: (2, 2), step: 1),
  ]
}

/// The results of both paths, and the elements around them.
private struct Outcome: Equatable {
  var y: [Float] = []
  var dx: [Float] = []
  var dw: [Float] = []
  var db: [Float] = []
  var fence: [Float] = []

  var gradients: [Float] { dx + dw + db }
}

private func run(
  _ shape: PooledConvolution, _ function: Function, _ kernels: KernelTable = .best, batch: Int = 11,
  threads: Int = 1, together: Bool = true, special: Float? = nil
) throws -> Outcome {
  let (convolution, pooling) = (shape.convolution, shape.pooling)
  var plan = WorkspacePlan()
  var fences: [View] = []
  func reserve(_ rows: Int, _ columns: Int) -> View {
    fences.append(plan.reserve(16))
    return plan.reserve(rows: rows, columns: columns)
  }
  let x = reserve(batch, convolution.inputCount)
  let w = reserve(convolution.filters, convolution.weightsPerFilter)
  let bias = reserve(1, convolution.filters)
  let y = reserve(batch, shape.outputCount)
  let dy = reserve(batch, shape.outputCount)
  let dx = reserve(batch, convolution.inputCount)
  let dw = reserve(convolution.filters, convolution.weightsPerFilter)
  let db = reserve(1, convolution.filters)
  let scratch = reserve(1, shape.scratchCount(for: Workspace<Float>.self))
  let z = reserve(batch, convolution.outputCount)
  let dz = reserve(batch, convolution.outputCount)
  let more = reserve(1, convolution.scratchCount(for: Workspace<Float>.self, batch: batch))
  fences.append(plan.reserve(16))
  let workspace = try Workspace<Float>(plan, kernels: kernels, threadLimit: threads)
  for fence in fences { workspace.fill(fence, with: 3) }
  for (index, view) in [x, w, bias, dy].enumerated() {
    workspace.set(view, samples(view.count, index))
  }
  for view in [dx, dw, db] { workspace.fill(view, with: .nan) }
  if let special { workspace[x, batch / 2, convolution.inputCount / 2] = special }
  if together {
    let places = PooledPlaces(shape, batch: batch)
    workspace.convolve(
      shape, x, weights: w, bias: bias, function: function, into: y, places: places,
      scratch: scratch)
    workspace.convolveGradient(
      shape, x: x, weights: w, y: y, function: function, dy: dy, places: places, dw: dw, dbias: db,
      dx: dx, scratch: scratch)
  } else {
    workspace.convolve(
      convolution, x, weights: w, bias: bias, function: function, into: z, scratch: more)
    var indices = [Int32](repeating: -1, count: y.count)
    var span = indices.mutableSpan
    workspace.pool(pooling, z, into: y, indices: &span)
    workspace.poolGradient(pooling, dy: dy, indices: indices.span, into: dz)
    workspace.applyGradient(function, dy: dz, saved: z, into: dz)
    workspace.convolveGradient(convolution, dy: dz, weights: w, dx: dx, scratch: more)
    workspace.convolveGradient(convolution, x: x, dy: dz, dw: dw, dbias: db, scratch: more)
  }
  return Outcome(
    y: workspace.elements(y), dx: workspace.elements(dx), dw: workspace.elements(dw),
    db: workspace.elements(db), fence: fences.flatMap { workspace.elements($0) })
}

private let functions = [
  Function.identity, .relu, .tanh, Function(.leakyReLU, 0.25), Function(.clamp, -0.5, 0.5),
]

@Test(arguments: PooledCase.all, functions)
func convolutionAndMaximumTogetherAreBothSeparate(_ pooled: PooledCase, function: Function) throws {
  let shape = pooled.shape
  let together = try run(shape, function)
  let separate = try run(shape, function, together: false)
  #expect(bits(together.y) == bits(separate.y))
  let isFenced = together.fence.allSatisfy { $0 == 3 }
  #expect(isFenced)
  // Two orders of the same sums: c·k·ε each, of terms up to 4.
  let windows = Double(11 * shape.pooling.outHeight * shape.pooling.outWidth + 10)
  let taps = Double(
    shape.convolution.filters * shape.convolution.kernelHeight * shape.convolution.kernelWidth
      * shape.pooling.kernelHeight * shape.pooling.kernelWidth + 2)
  func isNear(_ a: [Float], _ b: [Float], _ terms: Double) -> Bool {
    zip(a, b).allSatisfy { abs(Double($0) - Double($1)) <= terms * terms * 4 * 0x1p-23 }
  }
  #expect(isNear(together.dx, separate.dx, taps))
  #expect(isNear(together.dw, separate.dw, windows))
  #expect(isNear(together.db, separate.db, windows))
}

@Test(arguments: PooledCase.all)
func pooledConvolutionsHaveTheSameBitsFromEveryTableAndThreads(_ pooled: PooledCase) throws {
  for special in [nil, Float.nan, .infinity] {
    let expected = try run(pooled.shape, .relu, .reference, special: special)
    let separate = try run(pooled.shape, .relu, together: false, special: special)
    #expect(bits(expected.y) == bits(separate.y))
    for kernels in KernelTable.available {
      let found = try run(pooled.shape, .relu, kernels, special: special)
      #expect(bits(found.y) == bits(expected.y))
      #expect(bits(found.gradients) == bits(expected.gradients))
    }
  }
}

@Test func largePooledConvolutionsSplitWithoutChangingABit() throws {
  let shape = PooledCase.all[1].shape
  for batch in [32, 5, 1] {
    let alone = try run(shape, .relu, batch: batch)
    for threads in 2...4 {
      #expect(try run(shape, .relu, batch: batch, threads: threads) == alone)
    }
  }
}

/// The loss is Σ y²/2, whose gradient with respect to y is y itself.
@Test(arguments: [PooledCase.all[3], .all[4], .all[7]])
func gradientsOfPooledConvolutionsInDoubleAreCentralDifferences(_ pooled: PooledCase) throws {
  let shape = pooled.shape
  var plan = WorkspacePlan()
  let x = plan.reserve(rows: 2, columns: shape.convolution.inputCount)
  let w = plan.reserve(
    rows: shape.convolution.filters, columns: shape.convolution.weightsPerFilter)
  let y = plan.reserve(rows: 2, columns: shape.outputCount)
  let dx = plan.reserve(rows: 2, columns: x.columns)
  let dw = plan.reserve(rows: w.rows, columns: w.columns)
  let scratch = plan.reserve(shape.scratchCount(for: Workspace<Double>.self))
  let workspace = try Workspace<Double>(plan)
  let places = PooledPlaces(shape, batch: 2)
  func loss() -> Double {
    workspace.convolve(
      shape, x, weights: w, bias: nil, function: .tanh, into: y, places: places, scratch: scratch)
    return workspace.dot(y, y) / 2
  }
  workspace.set(x, samples(x.count).map(Double.init))
  workspace.set(w, samples(w.count, 1).map { Double($0) / 8 })
  #expect(loss() > 0)
  workspace.convolveGradient(
    shape, x: x, weights: w, y: y, function: .tanh, dy: y, places: places, dw: dw, dbias: nil,
    dx: dx, scratch: scratch)
  for (view, gradient) in [(x, workspace.elements(dx)), (w, workspace.elements(dw))] {
    for index in stride(from: 0, to: view.count, by: 7) {
      let (row, column) = (index / view.columns, index % view.columns)
      let value = workspace[view, row, column]
      workspace[view, row, column] = value + 1e-6
      let above = loss()
      workspace[view, row, column] = value - 1e-6
      let difference = (above - loss()) / 2e-6
      workspace[view, row, column] = value
      #expect(abs(difference - gradient[index]) < 1e-7 * max(1, abs(difference)))
    }
  }
}

@Test func whatDoesNotPayOrFitIsNotPooled() throws {
  let convolution = Convolution(
    channels: 2, height: 8, width: 8, filters: 4, kernelHeight: 3, kernelWidth: 3)!
  func pooling(_ kind: Pooling.Kind, channels: Int = 4, step: Int = 2) -> Pooling {
    Pooling(
      kind, channels: channels, height: 6, width: 6, kernelHeight: 2, kernelWidth: 2,
      strideY: step, strideX: step)!
  }
  #expect(PooledConvolution(convolution, pooling(.maximum)) != nil)
  #expect(PooledConvolution(convolution, pooling(.maximum, step: 1)) == nil)
  #expect(PooledConvolution(convolution, pooling(.maximum, channels: 3)) == nil)
  #expect(PooledConvolution(convolution, pooling(.average(countingPadding: false))) == nil)
  let few = Convolution(
    channels: 4, height: 8, width: 8, filters: 4, kernelHeight: 3, kernelWidth: 3, groups: 4)!
  #expect(PooledConvolution(few, pooling(.maximum)) == nil)
  let dilated = Convolution(
    channels: 2, height: 8, width: 10, filters: 4, kernelHeight: 3, kernelWidth: 3, dilationX: 2)!
  #expect(PooledConvolution(dilated, pooling(.maximum)) == nil)
}
