import Testing

@testable import Tensors

/// The digests that debug and release builds, every table and every machine must give.
private let committed: [String: UInt64] = [
  "products": 0xbb682e7c80346baf,
  "functions": 0x7770e8dda0a17981,
  "gradients": 0xf956b6ac64b5dfa8,
  "sums": 0x7429157a9019142e,
]

@Test(arguments: KernelTable.available)
func resultsAreThoseThatWereCommitted(kernels: KernelTable) throws {
  var results: [String: [Float]] = ["products": [], "functions": [], "gradients": [], "sums": []]
  for product in ProductCase.all { results["products"]! += try product.result(kernels) }
  let workspace = try Workspace<Float>(count: 4096, kernels: kernels)
  let x = View(offset: 0, rows: 3, columns: 333, rowStride: 340)
  let y = View(offset: 1024, rows: 3, columns: 333)
  for kind in Function.Kind.allCases {
    workspace.set(x, samples(999, Int(kind.rawValue)).map { $0 * 10 })
    workspace.apply(Function(kind, 0.75, 1.25, 1.5), x, into: y)
    results["functions"]! += workspace.elements(y)
    workspace.applyGradient(Function(kind, 0.75, 1.25, 1.5), dy: x, saved: x, into: y)
    results["gradients"]! += workspace.elements(y)
  }
  for reduction in Reduction.allCases { results["sums"]!.append(workspace.reduce(reduction, x)) }
  for (name, expected) in committed {
    let found = digest(results[name]!)
    #expect(found == expected, "\(name): 0x\(String(found, radix: 16))")
  }
}
