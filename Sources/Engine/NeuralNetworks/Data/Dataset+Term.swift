extension Dataset {
  /// The samples of a term: the same for the same term, seed and files.
  ///
  /// Random samples come from named Philox streams and the engine's elementary functions, so that
  /// the bits are the same on every machine.
  ///
  /// - Throws: `EngineError.file` for a missing or malformed file, with its line or offset.
  static func load(_ term: Term, seed: UInt64, files: Engine.Files) throws(EngineError) -> Dataset {
    let data = try make(term, seed: seed, files: files)
    try data.checkFinite()
    return data
  }

  /// - Throws: `EngineError.option` for a number that a `Float` cannot hold.
  private func checkFinite() throws(EngineError) {
    func check(_ values: [Float], _ what: String) throws(EngineError) {
      guard let place = values.firstIndex(where: { !$0.isFinite }) else { return }
      throw .option(
        "data",
        problem: "\(what) \(place / max(1, values.count / max(1, count)) + 1) of `\(name)` holds a"
          + " number beyond ±3.4e38")
    }
    try check(inputs, "sample")
    if case .numbers(let values, _, _) = targets { try check(values, "the target of sample") }
  }

  private static func make(
    _ term: Term, seed: UInt64, files: Engine.Files
  ) throws(EngineError) -> Dataset {
    let samples = term.integer("samples") ?? 0
    let noise = term.number("noise") ?? 0
    switch term.name {
    case "xor": return parity(bits: 2, name: "xor")
    case "parity": return parity(bits: term.integer("bits") ?? 4, name: "parity")
    case "moons": return moons(PointDraws(term, seed))
    case "circles":
      return circles(PointDraws(term, seed), factor: term.number("factor")!)
    case "spirals":
      return spirals(
        PointDraws(term, seed), classes: term.integer("classes")!, turns: term.number("turns")!)
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
    default: return try read(term, files: files)
    }
  }
}
