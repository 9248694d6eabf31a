internal import Tensors

/// An activation with numbers of its own that are trained: prelu, srelu, apl, swish,
/// soft_exponential.
struct TrainedActivation: Layer {
  enum Form: Hashable, Sendable {
    /// One slope, or one for each channel.
    case prelu(channels: Int)
    case srelu
    case apl(hinges: Int)
    case swish
    case softExponential
  }

  let output: Shape
  let form: Form
  let start: [Double]

  var parameters: [ParameterSpec] {
    switch form {
    case .prelu(let channels):
      [ParameterSpec(name: "slope", shape: Shape(channels), role: .values(start))]
    case .srelu:
      zip(["tl", "al", "tr", "ar"], start).map {
        ParameterSpec(name: $0, shape: Shape(1), role: .constant($1))
      }
    case .apl(let hinges):
      [
        ParameterSpec(
          name: "a", shape: Shape(hinges), role: .values(Array(start.prefix(hinges)))),
        ParameterSpec(
          name: "b", shape: Shape(hinges), role: .values(Array(start.suffix(hinges)))),
      ]
    case .swish: [ParameterSpec(name: "beta", shape: Shape(1), role: .constant(start[0]))]
    case .softExponential:
      [ParameterSpec(name: "alpha", shape: Shape(1), role: .constant(start[0]))]
    }
  }

  /// Where the function or one of its first two derivatives jumps, with the numbers as they are now.
  func kinks(_ values: [[Double]]) -> [Double] {
    switch form {
    case .prelu: [0]
    case .srelu: [values[0][0], values[2][0]]
    case .apl: [0] + values[1]
    case .swish, .softExponential: []
    }
  }

  var kind: AnyLayer.Kind { .trainedActivation(self) }

  func operation<S: Scalar>(at site: inout Site<S>) -> AnyOperation<S> {
    let count = parameters.reduce(0) { $0 + $1.shape.count }
    let sums = site.plan.reserve(count)
    return AnyOperation(TrainedActivationOperation<S>(layer: self, site: site, sums: sums))
  }
}

private struct TrainedActivationOperation<S: Scalar>: Operation {
  let layer: TrainedActivation
  let site: Site<S>
  /// Room for dL/dparameters of one channel.
  let sums: View

  /// The function with the numbers as they are now; for prelu, of one channel. The hinges of apl
  /// are read where they lie.
  private func function(_ memory: Workspace<S>, channel: Int = 0) -> ScalarFunction {
    func p(_ index: Int, _ place: Int = 0) -> Double {
      memory[site.parameters[index], 0, place].double
    }
    switch layer.form {
    case .prelu: return ScalarFunction(.leakyReLU, p(0, channel))
    case .srelu: return ScalarFunction(.srelu, p(0), p(1), p(2), p(3))
    case .apl: return ScalarFunction(.apl)
    case .swish: return ScalarFunction(.swish, p(0))
    case .softExponential: return ScalarFunction(.softExponential, p(0))
    }
  }

  private struct Hinges {
    let heights: Elements<S>
    let places: Elements<S>

    func value(_ x: S) -> S {
      var sum = x > 0 ? x : 0
      for index in 0..<heights.count {
        sum += heights[index] * S.maximum(0, places[index] - x)
      }
      return sum
    }

    func derivative(_ x: S) -> S {
      var slope: S = x > 0 ? 1 : 0
      for index in 0..<heights.count where places[index] - x > 0 { slope -= heights[index] }
      return slope
    }
  }

  private func hinges(_ memory: Workspace<S>) -> Hinges? {
    guard case .apl = layer.form else { return nil }
    return Hinges(heights: memory[site.parameters[0]], places: memory[site.parameters[1]])
  }

  private var channels: Int {
    if case .prelu(let channels) = layer.form { return channels }
    return 1
  }

  func forward(_ memory: Workspace<S>, _ step: Step) {
    let (x, y) = (memory[site.inputs[0].first(step.rows)], memory[site.output.first(step.rows)])
    let plane = layer.output.count / channels
    let hinges = hinges(memory)
    for channel in 0..<channels {
      let function = function(memory, channel: channel)
      for row in 0..<step.rows {
        let start = row * layer.output.count + channel * plane
        for index in start..<start + plane {
          y[index] = hinges?.value(x[index]) ?? function.value(x[index])
        }
      }
    }
  }

  func backward(_ memory: Workspace<S>, _ step: Step) {
    guard let upstream = site.outputGradient?.first(step.rows) else { return }
    let (x, dy) = (memory[site.inputs[0].first(step.rows)], memory[upstream])
    let dx = site.inputGradients[0].map { memory[$0.first(step.rows)] }
    let plane = layer.output.count / channels
    let trains = site.parameterGradients.contains { $0 != nil }
    let sums = memory[sums]
    let hinges = hinges(memory)
    for channel in 0..<channels {
      let function = function(memory, channel: channel)
      for place in 0..<sums.count { sums[place] = 0 }
      for row in 0..<step.rows {
        let start = row * layer.output.count + channel * plane
        for index in start..<start + plane {
          if trains { add(to: sums, function, hinges, x[index], dy[index]) }
          let slope = hinges?.derivative(x[index]) ?? function.derivative(x[index])
          dx?[index] = dy[index] * slope
        }
      }
      guard trains else { continue }
      if case .prelu = layer.form {
        memory[site.parameterGradients[0]!, 0, channel] = sums[0]
      } else {
        var place = 0
        for case let view? in site.parameterGradients {
          for column in 0..<view.columns {
            memory[view, 0, column] = sums[place]
            place += 1
          }
        }
      }
    }
  }

  /// dL/dparameters of one element, in the order of the parameters.
  private func add(
    to sums: Elements<S>, _ f: ScalarFunction, _ hinges: Hinges?, _ x: S, _ dy: S
  ) {
    let (a, b, c, d) = (S(f.a), S(f.b), S(f.c), S(f.d))
    switch layer.form {
    case .prelu: if x <= 0 { sums[0] += dy * x }
    case .srelu:
      if x <= a {
        sums[0] += dy * (1 - b)
        sums[1] += dy * (x - a)
      } else if x >= c {
        sums[2] += dy * (1 - d)
        sums[3] += dy * (x - c)
      }
    case .apl(let count):
      guard let hinges else { return }
      for index in 0..<count {
        let room = hinges.places[index] - x
        if room > 0 {
          sums[index] += dy * room
          sums[count + index] += dy * hinges.heights[index]
        }
      }
    case .swish: sums[0] += dy * x * x * logistic(a * x) * logistic(-a * x)
    case .softExponential:
      if a == 0 {
        // The limit of both sides: x²/2 + 1 from the right, x²/2 + 1 from the left.
        sums[0] += dy * (x * x / 2 + 1)
      } else if a > 0 {
        sums[0] += dy * ((a * x * S.exp(a * x) - S.expm1(a * x)) / (a * a) + 1)
      } else {
        let inner = 1 - a * (x + a)
        sums[0] += dy * (S.log(inner) / (a * a) + (x + 2 * a) / (a * inner))
      }
    }
  }
}
