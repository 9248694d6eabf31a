import Testing

@testable import Tensors

@Test func whatCannotBeAllocatedIsAnErrorBeforeItIsTried() {
  var plan = WorkspacePlan()
  _ = plan.reserve(rows: .max / 2, columns: 3)
  #expect(throws: WorkspaceError.self) { try Workspace<Float>(plan) }
  #expect(throws: WorkspaceError.self) { try Workspace<Double>(count: 1 << 50) }
  #expect(throws: WorkspaceError.self) { try Workspace<Float>(count: .max / 2) }
}

@Test func plannedViewsAreAlignedAndDisjoint() throws {
  var plan = WorkspacePlan()
  let views = [(3, 5), (1, 1), (0, 4), (7, 16)].map { plan.reserve(rows: $0.0, columns: $0.1) }
  for (index, view) in views.enumerated() {
    #expect(view.offset % 16 == 0)
    #expect(index == 0 || view.offset >= views[index - 1].offset + views[index - 1].count)
  }
  let workspace = try Workspace<Float>(plan)
  #expect(workspace.elements(views[0]).allSatisfy { $0 == 0 })
}

@Test func unknownAndUnavailableKernelsAreErrors() {
  #expect(throws: KernelSelectionError.unknown(name: "sse9", known: KernelTable.names)) {
    try KernelTable.named("sse9")
  }
  for name in KernelTable.names where !KernelTable.available.map(\.name).contains(name) {
    #expect(throws: KernelSelectionError.self) { try KernelTable.named(name) }
  }
  #expect(KernelTable.available.first?.name == "reference")
}

#if os(macOS) || os(Linux)
  @Test func shapesThatDoNotFitStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      let workspace = try Workspace<Float>(count: 64)
      workspace.multiply(
        View(offset: 0, rows: 2, columns: 3), View(offset: 8, rows: 2, columns: 3),
        into: View(offset: 16, rows: 2, columns: 3))
    }
    await #expect(processExitsWith: .failure) {
      let workspace = try Workspace<Float>(count: 64)
      workspace.fill(View(offset: 60, rows: 1, columns: 5), with: 0)
    }
  }
#endif

@Test(arguments: KernelTable.available)
func elementwiseOperationsTouchOnlyTheirView(kernels: KernelTable) throws {
  for columns in [0, 1, 7, 8, 9, 15, 16, 17, 33] {
    let workspace = try Workspace<Float>(count: 1024, kernels: kernels)
    let whole = View(offset: 0, rows: 1, columns: 1024)
    let a = View(offset: 1, rows: 4, columns: columns, rowStride: columns + 2)
    let b = View(offset: 301, rows: 4, columns: columns, rowStride: columns + 1)
    let c = View(offset: 603, rows: 4, columns: columns, rowStride: columns + 3)
    for operation in BinaryOperation.allCases {
      workspace.set(whole, samples(1024))
      var expected = workspace.elements(whole)
      for i in 0..<4 {
        for j in 0..<columns {
          let (x, y) = (workspace[a, i, j], workspace[b, i, j])
          expected[c.offset + i * c.rowStride + j] =
            switch operation {
            case .add: x + y
            case .subtract: x - y
            case .multiply: x * y
            case .divide: x / y
            case .maximum: max(x, y)
            case .minimum: min(x, y)
            case .power: Float(Double.pow(Double(x), Double(y)))
            }
        }
      }
      workspace.combine(operation, a, b, into: c)
      #expect(bits(workspace.elements(whole)) == bits(expected), "\(operation) \(columns)")
    }
    workspace.set(whole, samples(1024))
    let row = View(offset: 301, rows: 1, columns: columns)
    workspace.add(a, row, into: c)
    for i in 0..<4 {
      for j in 0..<columns {
        #expect(workspace[c, i, j] == workspace[a, i, j] + workspace[row, 0, j])
      }
    }
  }
}

/// One step of each rule, from its formula in Double.
@Test(arguments: KernelTable.available)
func updatesFollowTheirFormulas(kernels: KernelTable) throws {
  let count = 37
  var plan = WorkspacePlan()
  let (p, g, m, v) = (
    plan.reserve(count), plan.reserve(count), plan.reserve(count), plan.reserve(count)
  )
  let rules: [(ParameterUpdate, (Double, Double, Double, Double) -> Double)] = [
    (.gradientDescent(rate: 0.1, decay: 0.01), { p, g, _, _ in p - 0.1 * (g + 0.01 * p) }),
    (
      .momentum(rate: 0.1, momentum: 0.9, isFirst: false),
      { p, g, m, _ in p - 0.1 * (0.9 * m + g) }
    ),
    (
      .momentum(rate: 0.1, momentum: 0.9, nesterov: true, isFirst: false),
      { p, g, m, _ in p - 0.1 * (g + 0.9 * (0.9 * m + g)) }
    ),
    (
      .adam(rate: 0.01, step: 3),
      { p, g, m, v in
        let first = (0.9 * m + 0.1 * g) / (1 - 0.9 * 0.9 * 0.9)
        let second = (0.999 * v + 0.001 * g * g) / (1 - 0.999 * 0.999 * 0.999)
        return p - 0.01 * first / (second.squareRoot() + 1e-8)
      }
    ),
    (
      .rmsProp(rate: 0.01),
      { p, g, _, v in p - 0.01 * g / ((0.99 * v + 0.01 * g * g).squareRoot() + 1e-8) }
    ),
    (
      .adagrad(rate: 0.01),
      { p, g, _, v in p - 0.01 * g / ((v + g * g).squareRoot() + 1e-10) }
    ),
  ]
  for (rule, formula) in rules {
    let workspace = try Workspace<Float>(plan, kernels: kernels)
    for (index, view) in [p, g, m, v].enumerated() {
      workspace.set(view, samples(count, index).map { index == 3 ? abs($0) : $0 })
    }
    let before = [p, g, m, v].map { workspace.elements($0).map(Double.init) }
    workspace.update(p, gradient: g, m: m, v: v, rule)
    for (index, value) in workspace.elements(p).enumerated() {
      let exact = formula(before[0][index], before[1][index], before[2][index], before[3][index])
      #expect(abs(Double(value) - exact) < 1e-6, "\(rule)")
    }
  }
}

@Test func manyElementsSplitOverThreadsWithoutChangingABit() throws {
  let rows = 37
  let columns = 9001
  func run(threads: Int) throws -> UInt64 {
    var plan = WorkspacePlan()
    let x = plan.reserve(rows: rows, columns: columns)
    let y = plan.reserve(rows: rows, columns: columns)
    let dx = plan.reserve(rows: rows, columns: columns)
    let workspace = try Workspace<Float>(plan, threadLimit: threads)
    workspace.set(x, samples(rows * columns).map { $0 * 4 })
    workspace.apply(.gelu, x, into: y)
    workspace.applyGradient(.gelu, dy: y, saved: x, into: dx)
    // Rows that do not follow each other are split by rows.
    let inner = View(offset: x.offset, rows: rows, columns: columns - 5, rowStride: columns)
    workspace.apply(.tanh, inner, into: inner)
    return digest(workspace.elements(x) + workspace.elements(y) + workspace.elements(dx))
  }
  let alone = try run(threads: 1)
  for threads in 2...4 { #expect(try run(threads: threads) == alone) }
}
