import Testing

@testable import Tensors

private let shapes: [Convolution] = [
  Convolution(
    channels: 1, height: 28, width: 28, filters: 8, kernelHeight: 3, kernelWidth: 3, padY: 1,
    padX: 1)!,
  Convolution(
    channels: 8, height: 14, width: 14, filters: 16, kernelHeight: 3, kernelWidth: 3, padY: 1,
    padX: 1)!,
  Convolution(
    channels: 4, height: 9, width: 11, filters: 6, kernelHeight: 3, kernelWidth: 2, strideY: 2,
    strideX: 3, padY: 1, groups: 2)!,
  Convolution(
    channels: 3, height: 13, width: 12, filters: 5, kernelHeight: 3, kernelWidth: 3, dilationY: 2,
    dilationX: 3)!,
  Convolution(
    channels: 6, height: 8, width: 8, filters: 6, kernelHeight: 5, kernelWidth: 5, strideY: 2,
    strideX: 2, padY: 3, padX: 4, groups: 6)!,
  Convolution(
    channels: 2, height: 6, width: 5, filters: 19, kernelHeight: 1, kernelWidth: 1, strideY: 2,
    strideX: 2, padY: 2, padX: 1)!,
  Convolution(
    channels: 3, height: 1, width: 1, filters: 1, kernelHeight: 1, kernelWidth: 1)!,
]

private struct Outcome: Equatable {
  var y: [Float]
  var dx: [Float]
  var dw: [Float]
  var db: [Float]
}

private func run(_ shape: Convolution, _ kernels: KernelTable, batch: Int = 3, threads: Int = 1)
  throws -> Outcome
{
  var plan = WorkspacePlan()
  let x = plan.reserve(rows: batch, columns: shape.inputCount)
  let w = plan.reserve(rows: shape.filters, columns: shape.weightsPerFilter)
  let bias = plan.reserve(shape.filters)
  let y = plan.reserve(rows: batch, columns: shape.outputCount)
  let dx = plan.reserve(rows: batch, columns: shape.inputCount)
  let dw = plan.reserve(rows: shape.filters, columns: shape.weightsPerFilter)
  let db = plan.reserve(shape.filters)
  let scratch = plan.reserve(shape.scratchCount(for: Workspace<Float>.self, batch: batch))
  let workspace = try Workspace<Float>(plan, kernels: kernels, threadLimit: threads)
  for (index, view) in [x, w, bias].enumerated() {
    workspace.set(view, samples(view.count, index))
  }
  workspace.fill(dx, with: .nan)
  workspace.convolve(shape, x, weights: w, bias: bias, into: y, scratch: scratch)
  workspace.convolveGradient(shape, dy: y, weights: w, dx: dx, scratch: scratch)
  workspace.convolveGradient(shape, x: x, dy: y, dw: dw, dbias: db, scratch: scratch)
  return Outcome(
    y: workspace.elements(y), dx: workspace.elements(dx), dw: workspace.elements(dw),
    db: workspace.elements(db))
}

@Test(arguments: shapes)
func convolutionsAreTheirDefinition(shape: Convolution) throws {
  let outcome = try run(shape, .best)
  let x = samples(3 * shape.inputCount, 0).map(Double.init)
  let w = samples(shape.filters * shape.weightsPerFilter, 1).map(Double.init)
  let bias = samples(shape.filters, 2).map(Double.init)
  var dx = [Double](repeating: 0, count: x.count)
  var dw = [Double](repeating: 0, count: w.count)
  var largest = 0.0
  let (groupChannels, groupFilters) = (
    shape.channels / shape.groups, shape.filters / shape.groups
  )
  for n in 0..<3 {
    for o in 0..<shape.filters {
      for oy in 0..<shape.outHeight {
        for ox in 0..<shape.outWidth {
          let at = ((n * shape.filters + o) * shape.outHeight + oy) * shape.outWidth + ox
          var sum = bias[o]
          for c in 0..<groupChannels {
            for ky in 0..<shape.kernelHeight {
              for kx in 0..<shape.kernelWidth {
                let iy = oy * shape.strideY - shape.padY + ky * shape.dilationY
                let ix = ox * shape.strideX - shape.padX + kx * shape.dilationX
                guard (0..<shape.height).contains(iy), (0..<shape.width).contains(ix) else {
                  continue
                }
                let channel = o / groupFilters * groupChannels + c
                let xi = ((n * shape.channels + channel) * shape.height + iy) * shape.width + ix
                let wi =
                  ((o * groupChannels + c) * shape.kernelHeight + ky) * shape.kernelWidth + kx
                sum += x[xi] * w[wi]
                dx[xi] += Double(outcome.y[at]) * w[wi]
                dw[wi] += Double(outcome.y[at]) * x[xi]
              }
            }
          }
          largest = max(largest, abs(sum - Double(outcome.y[at])))
        }
      }
    }
  }
  // c·k·ε with terms up to 4, and up to 4 times the largest output.
  let taps = Double(shape.weightsPerFilter + 2)
  #expect(largest <= taps * taps * 4 * 0x1p-24)
  let size = Double(outcome.y.map(abs).max() ?? 0) * 2
  let reach = Double(shape.filters * shape.kernelHeight * shape.kernelWidth + 2)
  let pixels = Double(3 * shape.outHeight * shape.outWidth + 2)
  #expect(zip(dx, outcome.dx).allSatisfy { abs($0 - Double($1)) <= reach * reach * size * 0x1p-24 })
  #expect(
    zip(dw, outcome.dw).allSatisfy { abs($0 - Double($1)) <= pixels * pixels * size * 0x1p-24 })
}

@Test(arguments: shapes)
func convolutionsHaveTheSameBitsFromEveryTableAndThreads(shape: Convolution) throws {
  let expected = try run(shape, .reference)
  for kernels in KernelTable.available {
    #expect(try run(shape, kernels) == expected)
    #expect(try run(shape, kernels, threads: 2) == expected)
  }
}

@Test func largeConvolutionsSplitWithoutChangingABit() throws {
  let alone = try run(shapes[1], .best, batch: 32)
  for threads in 2...4 { #expect(try run(shapes[1], .best, batch: 32, threads: threads) == alone) }
}

@Test func impossibleGeometriesAreNil() {
  #expect(
    Convolution(channels: 1, height: 2, width: 2, filters: 1, kernelHeight: 3, kernelWidth: 3)
      == nil)
  #expect(
    Convolution(
      channels: 3, height: 8, width: 8, filters: 4, kernelHeight: 3, kernelWidth: 3, groups: 2)
      == nil)
  #expect(
    Pooling(
      .maximum, channels: 1, height: 4, width: 4, kernelHeight: 2, kernelWidth: 2, strideY: 0,
      strideX: 1) == nil)
}

@Test(arguments: KernelTable.available)
func poolingTakesTheFirstOfEqualsAndGivesItTheGradient(kernels: KernelTable) throws {
  let shape = Pooling(
    .maximum, channels: 2, height: 5, width: 7, kernelHeight: 3, kernelWidth: 2, strideY: 2,
    strideX: 2, padY: 1, padX: 1)!
  var plan = WorkspacePlan()
  let x = plan.reserve(rows: 3, columns: shape.inputCount)
  let y = plan.reserve(rows: 3, columns: shape.outputCount)
  let dx = plan.reserve(rows: 3, columns: shape.inputCount)
  let workspace = try Workspace<Float>(plan, kernels: kernels)
  workspace.set(x, samples(x.count).map { ($0 * 2).rounded() })
  var indices = [Int32](repeating: 0, count: y.count)
  var span = indices.mutableSpan
  workspace.pool(shape, x, into: y, indices: &span)
  workspace.poolGradient(shape, dy: y, indices: indices.span, into: dx)
  let values = workspace.elements(x)
  var expected = [Float](repeating: 0, count: values.count)
  for plane in 0..<6 {
    for oy in 0..<shape.outHeight {
      for ox in 0..<shape.outWidth {
        var best: (value: Float, at: Int)?
        for iy in max(0, 2 * oy - 1)..<min(5, 2 * oy + 2) {
          for ix in max(0, 2 * ox - 1)..<min(7, 2 * ox + 1) {
            let value = values[plane * 35 + iy * 7 + ix]
            if best == nil || value > best!.value { best = (value, iy * 7 + ix) }
          }
        }
        let out = (plane * shape.outHeight + oy) * shape.outWidth + ox
        #expect(Int(indices[out]) == best!.at)
        expected[plane * 35 + best!.at] += best!.value
      }
    }
  }
  #expect(workspace.elements(dx) == expected)
}

@Test(arguments: [true, false])
func averagePoolingAndItsGradientAreAdjoint(countingPadding: Bool) throws {
  let shape = Pooling(
    .average(countingPadding: countingPadding), channels: 2, height: 6, width: 5, kernelHeight: 3,
    kernelWidth: 3, strideY: 2, strideX: 1, padY: 1, padX: 1)!
  var plan = WorkspacePlan()
  let x = plan.reserve(rows: 2, columns: shape.inputCount)
  let y = plan.reserve(rows: 2, columns: shape.outputCount)
  let dy = plan.reserve(rows: 2, columns: shape.outputCount)
  let dx = plan.reserve(rows: 2, columns: shape.inputCount)
  let workspace = try Workspace<Double>(plan)
  workspace.set(x, samples(x.count).map(Double.init))
  workspace.set(dy, samples(dy.count, 1).map(Double.init))
  var none: [Int32] = []
  var span = none.mutableSpan
  workspace.pool(shape, x, into: y, indices: &span)
  workspace.poolGradient(shape, dy: dy, indices: none.span, into: dx)
  #expect(abs(workspace.dot(y, dy) - workspace.dot(x, dx)) < 1e-12)
}

/// Windows of two by two have their own path, which must give the same bits.
@Test(arguments: [(28, 28), (14, 14), (7, 9), (2, 2), (6, 70)])
func poolingOfPairsHasTheSameBitsFromEveryTable(height: Int, width: Int) throws {
  let shape = Pooling(
    .maximum, channels: 3, height: height, width: width, kernelHeight: 2, kernelWidth: 2,
    strideY: 2, strideX: 2)!
  var plan = WorkspacePlan()
  let x = plan.reserve(rows: 2, columns: shape.inputCount)
  let y = plan.reserve(rows: 2, columns: shape.outputCount)
  let dx = plan.reserve(rows: 2, columns: shape.inputCount)
  func run(_ kernels: KernelTable) throws -> ([UInt32], [Int32], [UInt32]) {
    let workspace = try Workspace<Float>(plan, kernels: kernels)
    var values = samples(x.count).map { ($0 * 3).rounded() / 2 }
    for index in stride(from: 5, to: values.count, by: 17) { values[index] = .nan }
    for index in stride(from: 3, to: values.count, by: 11) { values[index] = -0.0 }
    workspace.set(x, values)
    workspace.fill(dx, with: 7)
    var indices = [Int32](repeating: -1, count: y.count)
    var span = indices.mutableSpan
    workspace.pool(shape, x, into: y, indices: &span)
    workspace.poolGradient(shape, dy: y, indices: indices.span, into: dx)
    return (bits(workspace.elements(y)), indices, bits(workspace.elements(dx)))
  }
  let expected = try run(.reference)
  for kernels in KernelTable.available { #expect(try run(kernels) == expected) }
}

/// Lines of windows are computed in vectors where their columns are inside the image, which must
/// not change a bit.
@Test(
  arguments: [
    Pooling.Kind.maximum, .average(countingPadding: true), .average(countingPadding: false),
  ],
  [(9, 37, 3, 2, 1), (8, 70, 3, 1, 1), (6, 35, 4, 2, 2), (5, 33, 5, 3, 2), (3, 2, 3, 1, 1)])
func poolingHasTheSameBitsFromEveryTable(
  _ kind: Pooling.Kind, _ size: (height: Int, width: Int, window: Int, step: Int, edge: Int)
) throws {
  let shape = Pooling(
    kind, channels: 3, height: size.height, width: size.width, kernelHeight: size.window,
    kernelWidth: size.window, strideY: size.step, strideX: size.step, padY: size.edge,
    padX: size.edge)!
  var plan = WorkspacePlan()
  let x = plan.reserve(rows: 2, columns: shape.inputCount)
  let before = plan.reserve(16)
  let y = plan.reserve(rows: 2, columns: shape.outputCount)
  let between = plan.reserve(16)
  let dx = plan.reserve(rows: 2, columns: shape.inputCount)
  let after = plan.reserve(16)
  func run(_ kernels: KernelTable) throws -> ([UInt32], [Int32], [UInt32]) {
    let workspace = try Workspace<Float>(plan, kernels: kernels)
    for fence in [before, between, after] { workspace.fill(fence, with: 3) }
    var values = samples(x.count).map { ($0 * 3).rounded() / 2 }
    for index in stride(from: 5, to: values.count, by: 17) { values[index] = .nan }
    for index in stride(from: 3, to: values.count, by: 11) { values[index] = -0.0 }
    for index in stride(from: 8, to: values.count, by: 23) { values[index] = -.infinity }
    workspace.set(x, values)
    workspace.fill(dx, with: 7)
    var indices = [Int32](repeating: -1, count: kind == .maximum ? y.count : 0)
    var span = indices.mutableSpan
    workspace.pool(shape, x, into: y, indices: &span)
    let outputs = workspace.elements(y)
    workspace.set(y, samples(y.count, 1))
    workspace.poolGradient(shape, dy: y, indices: indices.span, into: dx)
    for fence in [before, between, after] {
      let isWhole = workspace.elements(fence).allSatisfy { $0 == 3 }
      #expect(isWhole)
    }
    return (bits(outputs), indices, bits(workspace.elements(dx)))
  }
  let expected = try run(.reference)
  for kernels in KernelTable.available { #expect(try run(kernels) == expected) }
}
