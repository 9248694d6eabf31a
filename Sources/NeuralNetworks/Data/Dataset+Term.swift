extension Dataset {
  /// The samples of a term: the same for the same term, seed and files.
  static func load(_ term: Term, seed: UInt64, files: Engine.Files) throws(EngineError) -> Dataset {
    let samples = term.integer("samples") ?? 0
    let noise = term.number("noise") ?? 0
    switch term.name {
    case "xor", "parity":
      var set = try Dataset(term, seed: seed, files: files)
      set.isComplete = true
      return set
    case "circles":
      return circles(
        samples: samples, noise: noise, factor: term.number("factor")!, seed: seed)
    case "spirals":
      return spirals(
        samples: samples, noise: noise, classes: term.integer("classes")!,
        turns: term.number("turns")!, seed: seed)
    case "blobs":
      return blobs(
        samples: samples, noise: noise, classes: term.integer("classes")!,
        features: term.integer("features")!, seed: seed)
    case "checkerboard":
      return checkerboard(
        samples: samples, noise: noise, squares: term.integer("squares")!, seed: seed)
    case "linear":
      return linear(
        samples: samples, noise: noise, features: term.integer("features")!, seed: seed)
    case "sine":
      return sine(samples: samples, noise: noise, periods: term.number("periods")!, seed: seed)
    case "friedman": return friedman(samples: samples, noise: noise, seed: seed)
    case "noise":
      return self.noise(
        samples: samples, features: term.integer("features")!, classes: term.integer("classes")!,
        seed: seed)
    case "copy":
      return copy(
        samples: samples, length: term.integer("length")!, pause: term.integer("pause")!,
        symbols: term.integer("symbols")!, seed: seed)
    case "values": return try values(term)
    default: return try Dataset(term, seed: seed, files: files)
    }
  }
}
