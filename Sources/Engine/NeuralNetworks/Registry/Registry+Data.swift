extension Registry {
  static let datasets: [RegistryEntry] = [
    RegistryEntry(.dataset, "xor", "the four corners of a square, opposite ones alike"),
    RegistryEntry(
      .dataset, "parity", "every row of n bits: is the number of ones odd?",
      [.integer("bits", 4, 1...16, "bits of a row", positional: true)]),
    RegistryEntry(
      .dataset, "moons", "two half circles, one inside the other", points(1000, noise: 0.1)),
    RegistryEntry(
      .dataset, "circles", "two circles, one inside the other",
      points(1000, noise: 0.05) + [
        .number("factor", 0.5, .from(0, below: 1), "inner radius over the outer")
      ]),
    RegistryEntry(
      .dataset, "spirals", "interleaved spiral arms",
      points(1000, noise: 0.05) + [
        .integer("classes", 2, 2...16, "arms"),
        .number("turns", 1.5, .above(0), "turns of an arm"),
      ]),
    RegistryEntry(
      .dataset, "blobs", "a round cluster for each class",
      points(1000, noise: 0.5) + [
        .integer("classes", 3, 2...100, "clusters"),
        .integer("features", 2, 1...10_000, "numbers of a sample"),
      ]),
    RegistryEntry(
      .dataset, "checkerboard", "squares in two colors",
      points(1000, noise: 0) + [.integer("squares", 4, 2...32, "squares in a row")]),
    RegistryEntry(
      .dataset, "linear", "a plane and noise",
      points(200, noise: 0.1) + [.integer("features", 1, 1...10_000, "numbers of a sample")]),
    RegistryEntry(
      .dataset, "sine", "a sine wave and noise",
      points(200, noise: 0.1) + [.number("periods", 1, .above(0), "waves between -1 and 1")]),
    RegistryEntry(
      .dataset, "friedman", "Friedman's first function of ten numbers, five of which matter",
      formula: #"10\sin(\pi x_1x_2)+20(x_3-\tfrac12)^2+10x_4+5x_5"#, points(500, noise: 1)),
    RegistryEntry(
      .dataset, "noise", "random numbers with random labels",
      [
        .integer("samples", 256, 1...10_000_000, "samples", positional: true),
        .integer("features", 64, 1...100_000, "numbers of a sample", positional: true),
        .integer("classes", 2, 2...1000, "classes"),
      ]),
    RegistryEntry(
      .dataset, "copy", "a sequence of symbols to repeat after a pause",
      [
        .integer("samples", 500, 1...1_000_000, "sequences"),
        .integer("length", 4, 1...64, "symbols to repeat", positional: true),
        .integer("pause", 2, 0...64, "steps between"),
        .integer("symbols", 4, 2...64, "how many different symbols"),
      ]),
    RegistryEntry(.dataset, "iris", "three species of iris by the size of their petals and sepals"),
    RegistryEntry(
      .dataset, "digits", "1,797 handwritten digits of 8×8 pixels",
      [.integer("samples", nil, 1...1797, "how many of them", positional: true)]),
    RegistryEntry(
      .dataset, "values", "numbers in the block itself",
      [
        .numbers("x", nil, nil, "the inputs, sample after sample", required: true),
        .numbers("y", nil, nil, "the targets, sample after sample", required: true),
        .integer("features", nil, 1...10_000, "inputs of a sample; by default all are one sample"),
        .choice("kind", ["numbers", "classes"], "what the targets are"),
      ]),
    RegistryEntry(
      .dataset, "csv",
      "a table from a file, named columns first; a column of texts is an input for each text",
      [
        .text("path", nil, "the file", positional: true, required: true),
        .text("target", nil, "the column to predict; by default the last"),
        .choice("kind", ["auto", "classes", "numbers"], "what the target is"),
      ]),
    RegistryEntry(
      .dataset, "npy", "numbers from a NumPy file",
      [
        .text("path", nil, "the samples", positional: true, required: true),
        .text("target", nil, "the file of the targets", positional: true, required: true),
        .choice("kind", ["auto", "classes", "numbers"], "what the target is"),
      ]),
    RegistryEntry(
      .dataset, "npz", "numbers from a NumPy archive",
      [
        .text("path", nil, "the archive", positional: true, required: true),
        .text("data", "x", "the array of the samples"),
        .text("target", "y", "the array of the targets"),
        .choice("kind", ["auto", "classes", "numbers"], "what the target is"),
      ]),
    RegistryEntry(
      .dataset, "idx", "images and labels in MNIST's format",
      [
        .text("images", nil, "the file of the images", positional: true, required: true),
        .text("labels", nil, "the file of the labels", positional: true, required: true),
        .integer("samples", nil, 1...10_000_000, "how many of them"),
      ]),
  ]

  static let pretrainings: [RegistryEntry] = [
    RegistryEntry(
      .pretraining, "autoencoder", "each layer learns to reconstruct its own input",
      formula: #"\lVert x-W^\top f(Wx+b)-c\rVert^2"#,
      [
        .integer(
          "epochs", 10, 1...100_000, "epochs for each layer", positional: true, unit: "epochs"),
        .number("rate", 0.1, .above(0), "learning rate"),
        .number(
          "noise", 0, .from(0, below: 1), "share of inputs set to 0 (a denoising auto-encoder)"),
        .flag("tied", true, "the decoder is the encoder's transpose"),
      ]),
    RegistryEntry(
      .pretraining, "rbm", aliases: ["dbn"],
      "each layer is a restricted Boltzmann machine, stacked to a deep belief network",
      formula: #"\Delta W \propto \langle vh\rangle_0-\langle vh\rangle_k"#,
      [
        .integer(
          "epochs", 10, 1...100_000, "epochs for each layer", positional: true, unit: "epochs"),
        .number("rate", 0.1, .above(0), "learning rate"),
        .integer("k", 1, 1...1000, "steps of Gibbs sampling, CD-k"),
        .number("momentum", 0.5, .from(0, below: 1), "momentum"),
        .choice("visible", ["auto", "binary", "gaussian"], "what the first layer's inputs are"),
      ]),
    RegistryEntry(
      .pretraining, "transfer", aliases: ["on"], "the same network, trained on other data first",
      [
        .text("data", nil, "name of the other data", positional: true, required: true),
        .integer("epochs", 10, 1...100_000, "epochs there", positional: true, unit: "epochs"),
        .number("rate", nil, .above(0), "learning rate there"),
      ]),
    RegistryEntry(
      .pretraining, "weights", aliases: ["safetensors"],
      "weights from a file, of this engine's or another library's",
      [
        .text(
          "path", nil,
          "a safetensors file; a parameter's name begins with the index of its layer, from 0: `0.weight`",
          positional: true, required: true)
      ]),
  ]

  static let stoppings: [RegistryEntry] = [
    RegistryEntry(
      .stopping, "patience", "ends when the test loss has not decreased for this many epochs",
      [
        .integer("epochs", 10, 1...1_000_000, "epochs to wait", positional: true, unit: "epochs"),
        .number("threshold", 0, .atLeast(0), "minimum decrease that counts"),
        .flag("restore", true, "restores the best weights"),
      ]),
    RegistryEntry(
      .stopping, "loss", "ends when the training loss is below a number",
      [.number("below", nil, .atLeast(0), "the number", positional: true, required: true)]),
    RegistryEntry(
      .stopping, "accuracy", "ends when the test accuracy is above a number",
      [.number("above", nil, .from(0, to: 1), "the number", positional: true, required: true)]),
  ]

  private static func points(_ samples: Int, noise: Double) -> [Parameter] {
    [
      .integer("samples", samples, 2...10_000_000, "samples", positional: true),
      .number("noise", noise, .atLeast(0), "standard deviation of the noise", positional: true),
    ]
  }
}
