internal import Tensors

/// Makes the layer of a term for an input of one shape.
struct LayerFactory {
  let term: Term
  let input: Shape
  let symbolCount: Int?
  let path: LayerPath

  /// - Throws: `EngineError.shape` for an input that the layer cannot take, `.layer` for arguments
  ///   that do not fit together.
  static func layer(
    _ term: Term, input: Shape, symbolCount: Int?, path: LayerPath
  ) throws(EngineError) -> AnyLayer {
    let factory = LayerFactory(term: term, input: input, symbolCount: symbolCount, path: path)
    return term.kind == .activation ? try factory.activation() : try factory.layer()
  }

  private func refuse(_ expected: String) -> EngineError {
    .shape(layer: path, name: term.name, expected: expected, found: input)
  }

  private func requireImage() throws(EngineError) {
    guard input.rank == 3 else { throw refuse("an image of channels, height and width") }
  }

  private func requireSequence() throws(EngineError) {
    guard input.rank == 2 else { throw refuse("a sequence of steps and features") }
  }

  private func integer(_ name: String) -> Int { term.integer(name)! }
  private func number(_ name: String) -> Double { term.number(name)! }

  private func layer() throws(EngineError) -> AnyLayer {
    switch term.name {
    case "dense":
      guard input.rank == 1 else {
        throw refuse(
          input.rank == 2
            ? "a row of numbers (`each` is for every step of a sequence, `flatten` makes one row)"
            : "a row of numbers (`flatten` makes one of an image)")
      }
      return AnyLayer(dense(input.count))
    case "each":
      try requireSequence()
      return AnyLayer(TimeDistributedDense(steps: input.extents[0], dense: dense(input.extents[1])))
    case "conv", "depthwise_conv", "conv_transpose": return try convolution()
    case "max_pool", "avg_pool": return try pool()
    case "global_avg_pool":
      try requireImage()
      return AnyLayer(GlobalAveragePool(form: .pixels, input: input))
    case "flatten": return AnyLayer(Reshape(output: Shape(input.count)))
    case "reshape":
      let extents = term.numbers("shape")!.compactMap { Int(exactly: $0) }
      guard extents.count == term.numbers("shape")!.count,
        extents.allSatisfy({ (1...Sizes.extentLimit).contains($0) })
      else {
        throw .layer(
          path, name: term.name, problem: "the extents are whole numbers from 1 to 2147483648")
      }
      let shape = Shape(extents)
      guard (1...3).contains(shape.rank), shape.count == input.count else {
        throw refuse("as many numbers as \(shape) has")
      }
      return AnyLayer(Reshape(output: shape))
    case "dropout": return AnyLayer(Dropout(output: input, rate: number("p")))
    case "alpha_dropout":
      return AnyLayer(Dropout(output: input, rate: number("p"), keepsMoments: true))
    case "batch_norm":
      guard input.rank != 2 else { throw refuse("a row or an image") }
      return AnyLayer(
        BatchNorm(output: input, momentum: number("momentum"), epsilon: number("epsilon")))
    case "layer_norm", "group_norm", "instance_norm", "rms_norm": return try norm()
    case "embedding":
      guard input.rank == 1, let symbols = term.integer("symbols") ?? symbolCount else {
        throw refuse("symbols (of data such as `copy`, or with `symbols=…`)")
      }
      return AnyLayer(
        Embedding(
          steps: input.count, symbols: symbols, size: integer("size"),
          initializer: term.term("init")))
    case "rnn", "lstm", "gru":
      try requireSequence()
      return AnyLayer(
        Recurrent(
          cell: term.name == "lstm" ? .lstm : term.name == "gru" ? .gru : .simple,
          steps: input.extents[0], features: input.extents[1], units: integer("units"),
          givesAllSteps: term.word("output") != "last", initializer: term.term("init")))
    case "attention":
      try requireSequence()
      guard input.extents[1] % integer("heads") == 0 else {
        throw refuse("features that \(integer("heads")) heads divide")
      }
      return AnyLayer(
        Attention(
          steps: input.extents[0], features: input.extents[1], heads: integer("heads"),
          isCausal: term.flag("causal"), initializer: term.term("init")))
    case "position":
      try requireSequence()
      return AnyLayer(SinusoidalPositionEncoding(output: input))
    case "last_step":
      try requireSequence()
      return AnyLayer(LastStep(input: input))
    case "mean_step":
      try requireSequence()
      return AnyLayer(GlobalAveragePool(form: .steps, input: input))
    case "scale": return AnyLayer(ScalarLayer(form: .scale, output: input, start: number("value")))
    case "shift": return AnyLayer(ScalarLayer(form: .shift, output: input, start: number("value")))
    default: throw .unknownName(.layer, term.name)
    }
  }

  private func dense(_ count: Int) -> Dense {
    Dense(
      input: count, units: integer("units"), hasBias: term.flag("bias"),
      initializer: term.term("init"), biasInitializer: term.term("bias_init"))
  }

  private func convolution() throws(EngineError) -> AnyLayer {
    try requireImage()
    let (channels, height, width) = (input.extents[0], input.extents[1], input.extents[2])
    let kernel = integer("kernel")
    let stride = integer("stride")
    let dilation = term.integer("dilation") ?? 1
    // The default padding keeps the image's size at stride 1.
    let padding = term.integer("padding") ?? dilation * (kernel - 1) / 2
    if term.name == "conv_transpose" {
      let extra = integer("output_padding")
      func extent(_ size: Int) -> Int { (size - 1) * stride - 2 * padding + kernel + extra }
      guard extra < max(stride, 1) || extra == 0, extent(height) > 0, extent(width) > 0,
        let adjoint = Convolution(
          channels: integer("filters"), height: extent(height), width: extent(width),
          filters: channels, kernelHeight: kernel, kernelWidth: kernel, strideY: stride,
          strideX: stride, padY: padding, padX: padding), adjoint.outHeight == height,
        adjoint.outWidth == width
      else { throw refuse("an image that a stride of \(stride) and these paddings fit") }
      return AnyLayer(
        TransposedConvolution(
          adjoint: adjoint, hasBias: term.flag("bias"), initializer: term.term("init"),
          biasInitializer: term.term("bias_init")))
    }
    let isDepthwise = term.name == "depthwise_conv"
    let groups = isDepthwise ? channels : integer("groups")
    let filters = isDepthwise ? channels : integer("filters")
    guard channels % groups == 0, filters % groups == 0 else {
      throw refuse("channels and filters that \(groups) groups divide")
    }
    guard
      let geometry = Convolution(
        channels: channels, height: height, width: width, filters: filters, kernelHeight: kernel,
        kernelWidth: kernel, strideY: stride, strideX: stride, padY: padding, padX: padding,
        dilationY: dilation, dilationX: dilation, groups: groups)
    else {
      throw refuse("an image of at least \(dilation * (kernel - 1) + 1) pixels a side with padding")
    }
    return AnyLayer(
      Convolution2D(
        geometry: geometry, hasBias: term.flag("bias"), initializer: term.term("init"),
        biasInitializer: term.term("bias_init")))
  }

  private func pool() throws(EngineError) -> AnyLayer {
    try requireImage()
    let size = integer("size")
    let stride = term.integer("stride") ?? size
    let padding = integer("padding")
    let dilation = term.integer("dilation") ?? 1
    guard
      let pool = Pool(
        term.name == "max_pool" ? .maximum : .average(countsPadding: term.flag("count_padding")),
        input: input, size: (size, size), stride: (stride, stride), padding: (padding, padding),
        dilation: (dilation, dilation), ceil: term.flag("ceil"))
    else {
      throw refuse(
        "an image of at least \(size)×\(size), and padding of at most half the window")
    }
    return AnyLayer(pool)
  }

  private func norm() throws(EngineError) -> AnyLayer {
    let epsilon = number("epsilon")
    switch term.name {
    case "layer_norm", "rms_norm":
      // Each step of a sequence is normalized by itself.
      let groups = input.rank == 2 ? input.extents[0] : 1
      return AnyLayer(
        SampleNorm(
          output: input, groups: groups, plane: 1, epsilon: epsilon,
          isRootMeanSquare: term.name == "rms_norm", period: input.count / groups))
    default:
      if term.name == "instance_norm" { try requireImage() }
      guard input.rank != 2 else { throw refuse("a row or an image") }
      let channels = input.extents[0]
      let groups = term.name == "instance_norm" ? channels : integer("groups")
      guard channels % groups == 0 else { throw refuse("channels that \(groups) groups divide") }
      return AnyLayer(
        SampleNorm(
          output: input, groups: groups, plane: input.count / channels, epsilon: epsilon,
          period: input.count))
    }
  }

  private func activation() throws(EngineError) -> AnyLayer {
    func p(_ name: String) -> Double { term.number(name) ?? 0 }
    switch term.name {
    case "prelu":
      let channels = term.flag("per_channel") ? input.extents[input.rank == 2 ? 1 : 0] : 1
      guard input.rank != 2 || channels == 1 else {
        throw refuse("a row or an image for one slope a channel")
      }
      guard channels <= 1 << 24 else { throw refuse("at most 16777216 channels") }
      return AnyLayer(
        TrainedActivation(
          output: input, form: .prelu(channels: channels),
          start: [Double](repeating: p("slope"), count: channels)))
    case "srelu":
      return AnyLayer(
        TrainedActivation(
          output: input, form: .srelu, start: [p("tl"), p("al"), p("tr"), p("ar")]))
    case "apl":
      let (a, b) = (term.numbers("a") ?? [], term.numbers("b") ?? [])
      guard a.count == b.count, !a.isEmpty else {
        throw .layer(path, name: "apl", problem: "needs as many places b as heights a")
      }
      return AnyLayer(TrainedActivation(output: input, form: .apl(hinges: a.count), start: a + b))
    case "swish" where term.flag("trained"):
      return AnyLayer(TrainedActivation(output: input, form: .swish, start: [p("beta")]))
    case "soft_exponential":
      return AnyLayer(TrainedActivation(output: input, form: .softExponential, start: [p("alpha")]))
    case "rrelu":
      return AnyLayer(RandomizedReLU(output: input, lower: p("lower"), upper: p("upper")))
    case "softmax":
      return AnyLayer(SoftmaxLayer(output: input, form: .softmax, temperature: p("temperature")))
    case "log_softmax": return AnyLayer(SoftmaxLayer(output: input, form: .logSoftmax))
    case "softmin": return AnyLayer(SoftmaxLayer(output: input, form: .softmin))
    default: break
    }
    if let function = ScalarFunction(term) {
      return AnyLayer(ActivationLayer(output: input, function: function, name: term.name))
    }
    guard let form = vectorForm else { throw .unknownName(.activation, term.name) }
    guard let layer = VectorActivation(form, input: input) else {
      if case .maxout(let pieces) = form { throw refuse("numbers that \(pieces) pieces divide") }
      throw refuse("an even number of numbers")
    }
    return AnyLayer(layer)
  }

  private var vectorForm: VectorActivation.Form? {
    switch term.name {
    case "sparsemax": .sparsemax
    case "maxout": .maxout(pieces: integer("pieces"))
    case "glu": .gated(ScalarFunction(Sigmoid()))
    case "reglu": .gated(ScalarFunction(LeakyReLU(slope: 0)))
    case "geglu": .gated(ScalarFunction(GELU()))
    case "swiglu": .gated(ScalarFunction(Swish(beta: 1)))
    case "bilinear": .gated(.identity)
    case "crelu": .crelu
    case "bipolar_relu": .bipolarReLU
    default: nil
    }
  }

  /// The term as an author writes it, without defaults.
  static func label(_ term: Term) -> String {
    guard let entry = Registry.entry(term.kind, term.name) else { return term.name }
    return term.arguments.reduce(into: term.name) { label, argument in
      guard let parameter = entry.parameter(argument.name),
        parameter.defaultValue != argument.value
      else { return }
      label += parameter.isRequired ? " \(argument.value)" : " \(argument.name)=\(argument.value)"
    }
  }
}
