import ArgumentParser
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Matrix products compared with OpenBLAS, and elementwise functions.
struct KernelsBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels",
    abstract: "Products in GFLOP/s beside OpenBLAS, and functions in nanoseconds an element.",
    discussion: """
      The core's own peak of fused multiply-adds comes first. OpenBLAS is loaded when it is \
      installed (libopenblas0); it and our kernels run in turn, the best of several rounds counts. \
      The column of two threads needs two free cores; pin to one (taskset -c 1) for steady numbers \
      in the others.
      """)

  @Flag(help: "Print comma-separated values.") var csv = false
  @Flag(help: "Leave out products beyond 512³.") var quick = false
  @Option(help: "Which products alone, such as 512x512x512,64x784x128.") var only: String?
  @Option(help: "Seconds for each measurement.") var seconds = 0.3

  func run() throws {
    try measure(ChosenKernels.table)
  }

  /// Number of alternating rounds of the compared programs, since other load may slow some of them.
  private var rounds: Int { 8 }

  private func measure(_ kernels: KernelTable) throws {
    let peak = peak(kernels)
    let blas = OpenBLAS()
    if !csv {
      print("kernels \(kernels.name), peak \(decimal(peak, 1)) GFLOP/s on one core")
      print(blas == nil ? "OpenBLAS is not installed" : "OpenBLAS: \(blas!.version)")
      print("\nproduct            form   GFLOP/s  of peak  OpenBLAS  ratio  two threads")
    } else {
      print("kind,name,form,ours,of_peak,openblas,ratio,two_threads")
    }
    var ratios: [Double] = []
    let wanted = only.map { $0.split(separator: ",").map(String.init) }
    for shape in ProductShape.all where !quick || shape.m <= 512 {
      if let wanted, !wanted.contains(where: { $0 == "\(shape.m)x\(shape.k)x\(shape.n)" }) {
        continue
      }
      let product = try ProductBench(shape, kernels)
      var ours = 0.0
      var theirs = 0.0
      var two = 0.0
      for _ in 0..<rounds {
        ours = max(ours, shape.operations / best { product.run() } / 1e9)
        if let blas { theirs = max(theirs, shape.operations / best { product.run(blas) } / 1e9) }
        guard shape.operations >= 2e6 else { continue }
        product.threads = 2
        two = max(two, shape.operations / best { product.run() } / 1e9)
        product.threads = 1
      }
      if theirs > 0 { ratios.append(ours / theirs) }
      report(shape, ours, peak, theirs, two)
    }
    if !ratios.isEmpty, !csv {
      let mean = pow(ratios.reduce(1) { $0 * pow($1, 1 / Double(ratios.count)) }, 1)
      print(
        "geometric mean of the ratios \(decimal(mean, 3)), smallest \(decimal(ratios.min()!, 2))")
    }
    if only == nil { try measureFunctions(kernels) }
  }

  private func report(
    _ shape: ProductShape, _ ours: Double, _ peak: Double, _ theirs: Double, _ two: Double
  ) {
    let ratio = theirs > 0 ? decimal(ours / theirs, 2) : ""
    if csv {
      print(
        "product,\(shape.name),\(shape.form),\(decimal(ours, 2)),\(decimal(ours / peak, 3)),"
          + "\(theirs > 0 ? decimal(theirs, 2) : ""),\(ratio),\(two > 0 ? decimal(two, 2) : "")")
    } else {
      print(
        padded(shape.name, 18, left: true), padded(shape.form, 4), padded(decimal(ours, 1), 9),
        padded(decimal(100 * ours / peak, 0) + " %", 8),
        padded(theirs > 0 ? decimal(theirs, 1) : "–", 9), padded(ratio, 6),
        padded(two > 0 ? decimal(two, 1) : "", 12))
    }
  }

  private func measureFunctions(_ kernels: KernelTable) throws {
    let count = 1 << 20
    var plan = WorkspacePlan()
    let x = plan.reserve(count)
    let y = plan.reserve(count)
    let workspace = try Workspace<Float>(plan, kernels: kernels)
    var generator = Generator(seed: 51, purpose: "bench")
    let values = (0..<count).map { _ in Float(generator.uniform(-8..<8)) }
    if !csv { print("\nfunction of a million floats    ns an element    two threads") }
    let memory = best { workspace.copyBySystem(x, into: y) } / Double(count) * 1e9
    reportFunction("memcpy", memory, nil)
    let functions: [(String, Function)] = [
      ("copy", .identity), ("relu", .relu), ("tanh", .tanh), ("exp", .exp),
      ("gelu (tanh)", .geluTanh), ("sigmoid", .sigmoid), ("silu", .silu()), ("gelu (erf)", .gelu),
      ("mish", .mish), ("softplus", .softplus()), ("expm1", .expm1), ("log", .log),
      ("log1p", .log1p), ("erf", .erf), ("sin", .sin()), ("cos", .cos()), ("sqrt", .sqrt),
      ("rsqrt", .reciprocalSqrt),
    ]
    let ofPositive = ["log", "log1p", "sqrt", "rsqrt"]
    for (name, function) in functions {
      workspace.set(x, ofPositive.contains(name) ? values.map(abs) : values)
      let one = best { workspace.apply(function, x, into: y) } / Double(count) * 1e9
      workspace.threadLimit = 2
      let two = best { workspace.apply(function, x, into: y) } / Double(count) * 1e9
      workspace.threadLimit = 1
      reportFunction(name, one, two)
    }
  }

  private func reportFunction(_ name: String, _ one: Double, _ two: Double?) {
    if csv {
      print("function,\(name),,\(decimal(one, 4)),,,,\(two.map { decimal($0, 4) } ?? "")")
    } else {
      print(
        padded(name, 30, left: true), padded(decimal(one, 3), 14),
        padded(two.map { decimal($0, 3) } ?? "", 14))
    }
  }

  private func peak(_ kernels: KernelTable) -> Double {
    var operations = 0.0
    let time = best { operations = kernels.runMultiplyAdds(steps: 20_000) }
    return operations / time / 1e9
  }

  /// The shortest time of one call in seconds, over rounds of at least a millisecond.
  private func best(_ body: () -> Void) -> Double {
    var calls = 1
    while true {
      let time = elapsed(calls, body)
      if time > 1e-3 || calls > 1 << 24 { break }
      calls *= time < 1e-4 ? 8 : 2
    }
    var shortest = Double.infinity
    var spent = 0.0
    while spent < seconds / Double(rounds) {
      let time = elapsed(calls, body)
      spent += time
      shortest = min(shortest, time / Double(calls))
    }
    return shortest
  }

  private func elapsed(_ calls: Int, _ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<calls { body() }
    return (clock.now - start) / .seconds(1)
  }
}

private struct ProductShape {
  let m: Int
  let n: Int
  let k: Int
  let transposition: Transposition

  var name: String { "\(m)×\(k)×\(n)" }
  var form: String {
    switch transposition {
    case .none: "NN"
    case .left: "TN"
    case .right: "NT"
    }
  }
  var operations: Double { 2 * Double(m) * Double(n) * Double(k) }

  /// Squares, and each layer's forward product (NN), input gradient (NT) and weight gradient (TN).
  static let all: [ProductShape] = {
    var shapes = [16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 2048].map {
      ProductShape(m: $0, n: $0, k: $0, transposition: .none)
    }
    let layers = [
      (32, 784, 128), (64, 784, 128), (128, 784, 128), (64, 256, 128), (32, 128, 10),
      (64, 128, 10), (128, 128, 10), (32, 2, 16), (32, 16, 16),
    ]
    for (batch, inputs, outputs) in layers {
      shapes.append(ProductShape(m: batch, n: outputs, k: inputs, transposition: .none))
      shapes.append(ProductShape(m: batch, n: inputs, k: outputs, transposition: .right))
      shapes.append(ProductShape(m: inputs, n: outputs, k: batch, transposition: .left))
    }
    return shapes
  }()
}

/// One product with its operands, for our kernels and for OpenBLAS.
private final class ProductBench {
  private let workspace: Workspace<Float>
  private let shape: ProductShape
  private let a: View
  private let b: View
  private let c: View
  private var foreign: (a: [Float], b: [Float], c: [Float])

  var threads: Int {
    get { workspace.threadLimit }
    set { workspace.threadLimit = newValue }
  }

  init(_ shape: ProductShape, _ kernels: KernelTable) throws {
    self.shape = shape
    var plan = WorkspacePlan()
    a =
      shape.transposition == .left
      ? plan.reserve(rows: shape.k, columns: shape.m)
      : plan.reserve(rows: shape.m, columns: shape.k)
    b =
      shape.transposition == .right
      ? plan.reserve(rows: shape.n, columns: shape.k)
      : plan.reserve(rows: shape.k, columns: shape.n)
    c = plan.reserve(rows: shape.m, columns: shape.n)
    workspace = try Workspace<Float>(plan, kernels: kernels)
    var generator = Generator(seed: 1, purpose: "bench")
    workspace.set(a, (0..<a.count).map { _ in Float(generator.uniform(-1..<1)) })
    workspace.set(b, (0..<b.count).map { _ in Float(generator.uniform(-1..<1)) })
    foreign = (workspace.elements(a), workspace.elements(b), workspace.elements(c))
  }

  func run() { workspace.multiply(a, b, into: c, transposing: shape.transposition) }

  func run(_ blas: OpenBLAS) {
    unsafe blas.multiply(
      101, shape.transposition == .left ? 112 : 111, shape.transposition == .right ? 112 : 111,
      Int32(shape.m), Int32(shape.n), Int32(shape.k), 1, foreign.a, Int32(a.columns), foreign.b,
      Int32(b.columns), 0, &foreign.c, Int32(shape.n))
  }
}

/// OpenBLAS, if it is installed: loaded for comparison only, never linked.
@safe private struct OpenBLAS {
  typealias Multiply =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>, Int32,
      UnsafePointer<Float>, Int32, Float, UnsafeMutablePointer<Float>, Int32
    ) -> Void

  let multiply: Multiply
  let version: String

  init?() {
    let names = ["libopenblas.so.0", "libopenblas.so", "libopenblas.dylib"]
    guard
      let library = unsafe names.lazy.compactMap({ unsafe dlopen($0, RTLD_NOW) }).first,
      let multiply = unsafe dlsym(library, "cblas_sgemm"),
      let setThreads = unsafe dlsym(library, "openblas_set_num_threads")
    else { return nil }
    unsafe unsafeBitCast(setThreads, to: (@convention(c) (Int32) -> Void).self)(1)
    unsafe self.multiply = unsafeBitCast(multiply, to: Multiply.self)
    if let configuration = unsafe dlsym(library, "openblas_get_config") {
      typealias Text = @convention(c) () -> UnsafePointer<CChar>
      version = unsafe String(cString: unsafeBitCast(configuration, to: Text.self)())
    } else {
      version = "unknown version"
    }
  }
}

extension Workspace<Float> {
  /// Copies with `memcpy`, which shows the memory's bandwidth.
  fileprivate func copyBySystem(_ x: View, into y: View) {
    withElements(x) { from in
      withMutableElements(y) { to in
        _ = unsafe from.withUnsafeBytes { from in
          unsafe to.withUnsafeMutableBytes { to in
            unsafe memcpy(to.baseAddress!, from.baseAddress!, from.count)
          }
        }
      }
    }
  }
}

private func decimal(_ value: Double, _ digits: Int) -> String {
  let scale = pow(10, Double(digits))
  let whole = (value * scale).rounded()
  guard digits > 0 else { return String(Int(whole)) }
  let text = String(Int(abs(whole)))
  let filled = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
  return (whole < 0 ? "-" : "") + filled.dropLast(digits) + "." + filled.suffix(digits)
}

private func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
  let space = String(repeating: " ", count: max(0, width - text.count))
  return left ? text + space : space + text
}
