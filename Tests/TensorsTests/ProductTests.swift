import Testing

@testable import Tensors

/// A product with every option of its call.
struct ProductCase: Sendable, CustomStringConvertible {
  var m: Int
  var n: Int
  var k: Int
  var transposition = Transposition.none
  var padding = 0
  /// Columns of sentinels after each row of the result.
  var gap = 1
  var alpha = 1.0
  var beta = 0.0
  var bias = false
  var function = Function.identity

  var description: String { "\(m)×\(k)×\(n) \(transposition) +\(padding)" }

  /// Sizes around every block: the vectors, the tiles, the 256 of k, and the special paths.
  static let all: [ProductCase] = {
    var cases: [ProductCase] = []
    let sizes = [
      (0, 3, 2), (3, 0, 2), (2, 3, 0), (1, 1, 1), (1, 16, 7), (5, 15, 3), (6, 16, 16),
      (7, 17, 17), (12, 8, 31), (13, 9, 33), (32, 16, 2), (32, 1, 16), (31, 2, 15), (33, 3, 19),
      (2, 16, 32), (16, 1, 32), (64, 10, 128), (19, 31, 255), (20, 33, 256), (21, 47, 257),
      (97, 65, 300), (3, 130, 513), (101, 64, 97), (131, 128, 40),
    ]
    for (m, n, k) in sizes {
      for transposition in [Transposition.none, .left, .right] {
        cases.append(ProductCase(m: m, n: n, k: k, transposition: transposition))
        cases.append(
          ProductCase(
            m: m, n: n, k: k, transposition: transposition, padding: 3, alpha: -0.5, beta: 0.25,
            bias: true, function: .tanh))
      }
    }
    return cases
  }()

  var a: View {
    let (rows, columns) = transposition == .left ? (k, m) : (m, k)
    return View(offset: 0, rows: rows, columns: columns, rowStride: columns + padding)
  }
  var b: View {
    let (rows, columns) = transposition == .right ? (n, k) : (k, n)
    return View(
      offset: a.rows * a.rowStride + 8, rows: rows, columns: columns, rowStride: columns + padding)
  }
  var biasRow: View { View(offset: b.offset + b.rows * b.rowStride + 8, rows: 1, columns: n) }
  var c: View {
    View(offset: biasRow.offset + n + 16, rows: m, columns: n, rowStride: n + gap + padding)
  }
  var count: Int { c.offset + c.rows * c.rowStride + 32 }

  /// Everything in the workspace after the product.
  func result(_ kernels: KernelTable, threads: Int = 1) throws -> [Float] {
    let workspace = try Workspace<Float>(count: count, kernels: kernels, threadLimit: threads)
    let whole = View(offset: 0, rows: 1, columns: count)
    workspace.set(whole, samples(count, m * 7919 + n * 31 + k))
    workspace.multiply(
      a, b, into: c, transposing: transposition, alpha: alpha, beta: beta,
      bias: bias ? biasRow : nil, function: function)
    return workspace.elements(whole)
  }

  /// The expected result, by the documented order of sums, element by element.
  func expected() throws -> [Float] {
    var all = samples(count, m * 7919 + n * 31 + k)
    let input = all
    for i in 0..<m {
      for j in 0..<n {
        let at = c.offset + i * c.rowStride + j
        var total: Float = bias ? input[biasRow.offset + j] : 0
        if beta != 0 { total.addProduct(Float(beta), input[at]) }
        for start in stride(from: 0, to: k, by: 256) {
          var chain: Float = 0
          for x in start..<min(start + 256, k) {
            let left =
              transposition == .left ? x * a.rowStride + i : i * a.rowStride + x
            let right =
              b.offset + (transposition == .right ? j * b.rowStride + x : x * b.rowStride + j)
            chain.addProduct(input[left], input[right])
          }
          total.addProduct(Float(alpha), chain)
        }
        all[at] = total
      }
    }
    if function != .identity {
      let workspace = try Workspace<Float>(count: count, kernels: .reference)
      let whole = View(offset: 0, rows: 1, columns: count)
      workspace.set(whole, all)
      workspace.apply(function, c, into: c)
      all = workspace.elements(whole)
    }
    return all
  }
}

@Test(arguments: KernelTable.available)
func productsKeepTheirOrderAndTouchNothingElse(kernels: KernelTable) throws {
  for product in ProductCase.all {
    let result = try product.result(kernels)
    #expect(bits(result) == bits(try product.expected()), "\(product)")
  }
}

/// One or two k, and one column with the layout of a row, have their own paths.
@Test(arguments: KernelTable.available)
func productsOfFewKAndOfOneColumnKeepTheirOrder(kernels: KernelTable) throws {
  for (m, n, k) in [
    (5, 16, 1), (33, 19, 1), (32, 40, 2), (7, 9, 2), (20, 8, 1), (1, 1, 2), (16, 1, 32),
    (31, 1, 15), (37, 1, 300), (9, 2, 12),
  ] {
    for transposition in [Transposition.none, .left, .right] {
      var product = ProductCase(m: m, n: n, k: k, transposition: transposition, gap: 0)
      #expect(bits(try product.result(kernels)) == bits(try product.expected()), "\(product)")
      product.bias = true
      product.alpha = 0.75
      product.beta = -2
      #expect(bits(try product.result(kernels)) == bits(try product.expected()), "\(product)")
    }
  }
}

/// Sizes above those from which operands are packed: panels of columns, blocks of rows, and a
/// remainder of each.
@Test(arguments: [Transposition.none, .left, .right])
func largeProductsKeepTheirOrderOnAnyNumberOfThreads(transposition: Transposition) throws {
  for (m, n, k) in [(262, 397, 258), (40, 400, 260), (400, 40, 300)] {
    let product = ProductCase(
      m: m, n: n, k: k, transposition: transposition, padding: 1, alpha: 0.5, beta: 2, bias: true)
    let expected = bits(try product.expected())
    for kernels in KernelTable.available {
      for threads in [1, 2, 3] {
        let result = try product.result(kernels, threads: threads)
        #expect(bits(result) == expected, "\(product), \(kernels.name), \(threads) threads")
      }
    }
  }
}

@Test(arguments: KernelTable.available)
func productsOfNaNAndInfinityFollowIEEE(kernels: KernelTable) throws {
  for n in [1, 2, 10, 16, 19] {
    let workspace = try Workspace<Float>(count: 4096, kernels: kernels)
    let a = View(offset: 0, rows: 20, columns: 5)
    let b = View(offset: 128, rows: 5, columns: n)
    let c = View(offset: 512, rows: 20, columns: n)
    workspace.fill(a, with: 1)
    workspace.fill(b, with: 1)
    workspace[a, 3, 2] = .infinity
    workspace[a, 4, 1] = .nan
    workspace[b, 2, n - 1] = -1
    workspace.multiply(a, b, into: c)
    #expect(workspace[c, 3, n - 1] == -.infinity)
    #expect(n == 1 || workspace[c, 3, 0] == .infinity)
    #expect((0..<n).allSatisfy { workspace[c, 4, $0].isNaN })
    #expect((0..<n).allSatisfy { workspace[c, 5, $0] == ($0 == n - 1 ? 3 : 5) })
  }
}

@Test func threadsDoNotChangeABit() throws {
  for transposition in [Transposition.none, .left, .right] {
    for (m, n, k) in [(300, 70, 200), (70, 300, 200), (129, 257, 300)] {
      let product = ProductCase(
        m: m, n: n, k: k, transposition: transposition, bias: true, function: .gelu)
      let alone = digest(try product.result(.best))
      for threads in 2...4 { #expect(digest(try product.result(.best, threads: threads)) == alone) }
    }
  }
}

@Test func callersSideBySideShareTheThreads() async throws {
  let product = ProductCase(m: 200, n: 200, k: 200, bias: true)
  let alone = digest(try product.result(.best))
  let digests = try await withThrowingTaskGroup(of: UInt64.self) { group in
    for _ in 0..<8 { group.addTask { digest(try product.result(.best, threads: 4)) } }
    return try await group.reduce(into: []) { $0.append($1) }
  }
  #expect(digests == Array(repeating: alone, count: 8))
}

@Test func denseLayerIsItsThreeProducts() throws {
  for (batch, inputs, outputs) in [(32, 2, 16), (32, 16, 16), (32, 16, 1), (7, 33, 10)] {
    var plan = WorkspacePlan()
    let x = plan.reserve(rows: batch, columns: inputs)
    let w = plan.reserve(rows: inputs, columns: outputs)
    let bias = plan.reserve(outputs)
    let y = plan.reserve(rows: batch, columns: outputs)
    let dy = plan.reserve(rows: batch, columns: outputs)
    let dz = plan.reserve(rows: batch, columns: outputs)
    let (dw, dw2) = (
      plan.reserve(rows: inputs, columns: outputs), plan.reserve(rows: inputs, columns: outputs)
    )
    let (db, db2) = (plan.reserve(outputs), plan.reserve(outputs))
    let (dx, dx2) = (
      plan.reserve(rows: batch, columns: inputs), plan.reserve(rows: batch, columns: inputs)
    )
    let workspace = try Workspace<Float>(plan)
    for (index, view) in [x, w, bias, dy].enumerated() {
      workspace.set(view, samples(view.count, index))
    }
    workspace.dense(x, weights: w, bias: bias, function: .tanh, into: y)
    workspace.applyGradient(.tanh, dy: dy, saved: y, into: dz)
    workspace.multiply(x, dz, into: dw, transposing: .left)
    workspace.sumColumns(dz, into: db)
    workspace.multiply(dz, w, into: dx, transposing: .right)
    workspace.denseGradient(
      x: x, weights: w, y: y, function: .tanh, dy: dy, dw: dw2, dbias: db2, dx: dx2)
    #expect(workspace.elements(dw) == workspace.elements(dw2))
    #expect(workspace.elements(db) == workspace.elements(db2))
    #expect(workspace.elements(dx) == workspace.elements(dx2))
    #expect(workspace.elements(dy) == workspace.elements(dz))
  }
}

@Test func doubleProductsAreWithinTheirBound() throws {
  let (m, n, k) = (23, 19, 300)
  let workspace = try Workspace<Double>(count: 32768)
  let a = View(offset: 0, rows: m, columns: k)
  let b = View(offset: 8192, rows: k, columns: n)
  let c = View(offset: 16384, rows: m, columns: n)
  workspace.set(a, samples(a.count, 1).map(Double.init))
  workspace.set(b, samples(b.count, 2).map(Double.init))
  workspace.multiply(a, b, into: c)
  for i in 0..<m {
    for j in 0..<n {
      // Products of two floats are exact in double, and the sums below lose far less than c's.
      var sum = 0.0
      var size = 0.0
      var rest = 0.0
      for x in 0..<k {
        let term = workspace[a, i, x] * workspace[b, x, j]
        let next = sum + (term - rest)
        rest = (next - sum) - (term - rest)
        sum = next
        size += abs(term)
      }
      #expect(abs(workspace[c, i, j] - sum) <= Double(k) * size * 0x1p-53)
    }
  }
}
