import Testing

@testable import Tensors

/// A function, its reference in double precision, and the bound on its error.
struct BoundedFunction: Sendable, CustomStringConvertible {
  let name: String
  let function: Function
  let ulps: Double
  let reference: @Sendable (Double) -> Double
  /// Arguments at which the range reduction changes.
  let seams: [Float]

  var description: String { name }

  static let all: [BoundedFunction] = [
    .init(
      name: "exp", function: .exp, ulps: 1.5, reference: { Double.exp($0) },
      seams: [-103.98, -87.34, 0.34657, 88.722, 89]),
    .init(
      name: "expm1", function: .expm1, ulps: 2.5, reference: { Double.expm1($0) },
      seams: [-30, -17.3, -0.34657, 0.34657, 88.722]),
    .init(
      name: "log", function: .log, ulps: 1.5, reference: { Double.log($0) },
      seams: [1.1754944e-38, 0.70710678, 1, 1.41421356]),
    .init(
      name: "log1p", function: .log1p, ulps: 2.5, reference: { Double.log1p($0) },
      seams: [-1, -0.29289, 0.41421, 1, 1.2676506e30]),
    .init(
      name: "tanh", function: .tanh, ulps: 1.5, reference: { Double.tanh($0) },
      seams: [-1, 1, 9.01, 9.1]),
    .init(
      name: "sigmoid", function: .sigmoid, ulps: 1.5,
      reference: { x in
        let e = Double.exp(-abs(x))
        return (x >= 0 ? 1 : e) / (1 + e)
      }, seams: [-103.9, -87.3, 0, 16.6, 88.7]),
    .init(
      name: "softplus", function: .softplus(threshold: .infinity), ulps: 2.5,
      reference: { x in max(x, 0) + Double.log1p(Double.exp(-abs(x))) },
      seams: [-103.9, -0.881, 0, 0.881, 16.6]),
    .init(
      name: "erf", function: .erf, ulps: 2.5, reference: { Double.erf($0) },
      seams: [-0.9, 0.9, 3.83, 4]),
    .init(
      name: "sin", function: .sin(), ulps: 2.5, reference: { Double.sin($0) },
      seams: [0.785398, 2.3562, 3.1415927, 6.2831853, 99999.99, 100000]),
    .init(
      name: "cos", function: .cos(), ulps: 2.5, reference: { Double.cos($0) },
      seams: [0.785398, 1.5707964, 2.3562, 99999.99, 100000]),
    .init(
      name: "sqrt", function: .sqrt, ulps: 0.5, reference: { $0.squareRoot() },
      seams: [0, 1.1754944e-38, 1]),
    .init(
      name: "rsqrt", function: .reciprocalSqrt, ulps: 2.5, reference: { 1 / $0.squareRoot() },
      seams: [1.1754944e-38, 1]),
  ]

  /// A million points: every exponent and sign, a dense middle, and both sides of each seam.
  var points: [Float] {
    var points: [Float] = []
    points.reserveCapacity(1 << 20)
    // 2^19 patterns spread over all floats: 1024 of each exponent and sign.
    for index in UInt32(0)..<(1 << 19) {
      points.append(Float(bitPattern: index << 13 | (index &* 2_654_435_761) >> 19))
    }
    for seam in seams {
      var up = seam
      var down = seam
      for _ in 0..<500 {
        points.append(up)
        points.append(down)
        up = up.nextUp
        down = down.nextDown
      }
    }
    let rest = (1 << 20) - points.count
    for index in 0..<rest { points.append((Float(index) / Float(rest) - 0.5) * 24) }
    return points
  }
}

/// The distance in units of the last place that a float of this size has.
func ulps(_ value: Float, from exact: Double) -> Double {
  if exact.isNaN || value.isNaN { return exact.isNaN == value.isNaN ? 0 : .infinity }
  // A value that rounds beyond the largest float is infinity.
  let rounded = Float(exact)
  if value.isInfinite || rounded.isInfinite {
    return value == rounded
      ? 0 : value.isInfinite && abs(exact) > 0x1.fffffdp127 ? 1 : .infinity
  }
  let exponent = max(exact == 0 ? -126 : Int(exact.exponent), -126)
  return abs(Double(value) - exact) / Double(sign: .plus, exponent: exponent - 23, significand: 1)
}

func apply(_ function: Function, _ x: [Float], _ kernels: KernelTable) throws -> [Float] {
  let workspace = try Workspace<Float>(count: 2 * x.count + 64, kernels: kernels)
  let from = View(offset: 0, rows: 1, columns: x.count)
  let to = View(offset: x.count + 16, rows: 1, columns: x.count)
  workspace.set(from, x)
  workspace.apply(function, from, into: to)
  return workspace.elements(to)
}

@Test(arguments: BoundedFunction.all)
func vectorFunctionsStayWithinTheirBound(bounded: BoundedFunction) throws {
  let points = bounded.points
  let values = try apply(bounded.function, points, .best)
  var worst = 0.0
  var worstPoint: Float = 0
  for (x, y) in zip(points, values) {
    let error = ulps(y, from: bounded.reference(Double(x)))
    if error > worst {
      worst = error
      worstPoint = x
    }
  }
  #expect(worst <= bounded.ulps, "\(bounded) at \(worstPoint)")
}

@Test(arguments: Function.Kind.allCases)
func everyTableGivesTheSameBits(kind: Function.Kind) throws {
  let function = Function(kind, 0.75, 1.25, 1.5)
  var points = (UInt32(0)..<8192).map { Float(bitPattern: $0 << 19 | $0) }
  points += samples(4001).map { $0 * 8 }
  points += [0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .ulpOfOne]
  let expected = bits(try apply(function, points, .reference))
  for kernels in KernelTable.available {
    #expect(bits(try apply(function, points, kernels)) == expected)
  }
}

@Test func placeInARowDoesNotShow() throws {
  let points = samples(67)
  for function in [Function.exp, .tanh, .sigmoid, .gelu, .sin(), .log1p] {
    let together = try apply(function, points, .best)
    for (index, point) in points.enumerated() {
      #expect(bits(try apply(function, [point], .best)) == bits([together[index]]))
    }
  }
}

@Test func specialValuesAreThoseOfIEEE() throws {
  func value(_ function: Function, _ x: Float) throws -> Float {
    try apply(function, [x], .best)[0]
  }
  for function in [Function.tanh, .expm1, .log1p, .erf, .sin(), .sqrt, .tanhShrink, .asinh, .atan] {
    #expect(try value(function, -0.0).sign == .minus)
    #expect(try value(function, 0).sign == .plus)
    #expect(try value(function, .nan).isNaN)
  }
  #expect(try value(.exp, -.infinity) == 0)
  #expect(try value(.exp, .infinity) == .infinity)
  #expect(try value(.log, 0) == -.infinity)
  #expect(try value(.log, -1).isNaN)
  #expect(try value(.log, .infinity) == .infinity)
  #expect(try value(.log1p, -1) == -.infinity)
  #expect(try value(.tanh, -.infinity) == -1)
  #expect(try value(.sin(), .infinity).isNaN)
  #expect(try value(.reciprocalSqrt, 0) == .infinity)
  #expect(try value(.silu(), -.infinity) == 0)
  #expect(try value(.mish, -.infinity) == 0)
  #expect(try value(.gelu, -.infinity) == 0)
  #expect(try value(.relu, .nan).isNaN)
}

/// Central differences in Double, with a step that balances both errors: about 1e-10.
@Test(arguments: Function.Kind.allCases)
func derivativesAreThoseOfTheFunctions(kind: Function.Kind) throws {
  let function = Function(kind, 0.75, 1.25, 1.5)
  let positive: [Function.Kind] = [.log, .log1p, .sqrt, .reciprocalSqrt, .reciprocal]
  // Kinks of the piecewise functions with these parameters.
  let kinks: [Double] = [-3, -1.25, -1, -0.75, -5.0 / 3, 0, 1.0 / 3, -1.0 / 3, 0.75, 1, 1.25, 3]
  var points: [Double] = []
  for sample in samples(200) {
    let x = positive.contains(kind) ? Double(abs(sample)) + 0.1 : Double(sample)
    if !kinks.contains(where: { abs(x - $0) < 1e-3 }) { points.append(x) }
  }
  let workspace = try Workspace<Double>(count: 8 * 256)
  let views = (0..<6).map { View(offset: $0 * 256, rows: 1, columns: points.count) }
  let step = 1e-5
  workspace.set(views[0], points)
  workspace.set(views[1], points.map { $0 + step })
  workspace.set(views[2], points.map { $0 - step })
  for view in views[0..<3] { workspace.apply(function, view, into: views[view.offset / 256 + 3]) }
  let high = workspace.elements(views[4])
  let low = workspace.elements(views[5])
  workspace.fill(views[1], with: 1)
  workspace.applyGradient(
    function, dy: views[1], saved: function.derivativeNeedsOutput ? views[3] : views[0],
    into: views[2])
  for (index, derivative) in workspace.elements(views[2]).enumerated() {
    let difference = (high[index] - low[index]) / (2 * step)
    #expect(
      abs(derivative - difference) <= 1e-6 * max(1, abs(difference)), "\(kind) at \(points[index])")
  }
}
