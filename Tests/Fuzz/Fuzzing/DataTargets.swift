import Diagnostics
import Experiments
import JSON
import NeuralNetworks
import Storage

extension FuzzTarget {
  /// Targets that read files in formats other than Markdown.
  static let data: [FuzzTarget] = [
    FuzzTarget("csv", weight: 3, make: { csv(&$0, $1) }, run: runBlock),
    FuzzTarget("arrays", weight: 4, make: { arrays(&$0, $1) }, run: runBlock),
    FuzzTarget("weights", weight: 2, make: { weights(&$0, $1) }, run: readWeights),
    FuzzTarget("json", weight: 2, make: { json(&$0, $1) }, run: readJSON),
    FuzzTarget("packed", weight: 1, make: { packed(&$0, $1) }, run: readPacked),
  ]

  private static let verbs = [
    "dataset: DATA\nshow: [scatter, histograms, boxes, classes, columns]\n",
    "dataset: DATA\nshow: [histograms, boxes]\n", "dataset: DATA\n",
    "train: [dense 2, tanh, dense 2]\ndata: DATA\nepochs: 2\nshow: [loss, boundary, table]\n",
    "train: [dense 1]\ndata: DATA\nepochs: 2\nshow: [loss, fit]\nstandardise: true\n",
    "signal: [dense 4, relu]\ndata: DATA\nbatch: 4\n", "check: [dense 2]\ndata: DATA\n",
    "trace: [dense 2]\ndata: DATA\n", "diagram: [conv 2, relu, flatten, dense 2]\ndata: DATA\n",
  ]

  private static func csv(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    let target = random.element(of: [
      "", " target=y", " target=class", " target=x", " kind=numbers",
    ])
    let kind = random.element(of: ["", " kind=classes", " kind=numbers", " kind=auto"])
    let block = random.element(of: verbs).replacing("DATA", with: "csv a.csv\(target)\(kind)")
    var mutator = Mutator(random)
    defer { random = mutator.random }
    mutator.longest = 6000
    let iris = corpus["csv"].map { Array($0.prefix(900)) }
    let seeds = [
      Array("x,y\n1,2\n3,4\n5,6\n".utf8), Array("a;b;class\n1;2;p\n3;4;q\n0;1;p\n".utf8),
      Array("x,y,class\n1e308,1,a\n-1e308,2,b\n".utf8), Array("x,y\n1,1\n1,1\n1,1\n".utf8),
    ]
    let table = mutator.mutate(
      mutator.random.element(of: seeds + iris), .csv, others: seeds + iris)
    return FuzzInput([.init("block", block), .init("a.csv", table)])
  }

  private static func arrays(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    let names = ["a.npz", "b.npz", "x.npy", "images.idx", "labels.idx"]
    var files = [corpus["npz"].first, corpus["npz"].last, corpus["npy"].first, corpus["gz"].first]
      .map { $0 ?? [] }
    files.append(corpus["idx1"].first ?? [])
    let data = random.element(of: [
      "npz a.npz", "npz b.npz data=a target=b", "npz b.npz", "npy x.npy target=x.npy",
      "npy x.npy x.npy kind=numbers", "idx images.idx labels.idx",
      "idx images.idx labels.idx samples=2",
    ])
    let block = random.element(of: verbs).replacing("DATA", with: data)
    var mutator = Mutator(random)
    defer { random = mutator.random }
    let changed = mutator.random.below(files.count)
    let words = Vocabulary([
      "(", ")", ",", "(4294967296, 4294967296)", "(0,)", "(9223372036854775807,)", "()", "(-1,)",
      "'<f8'", "'>i2'", "'|b1'", "'<f2'", "'|O'", "True", "False", "descr", "\u{0}\u{0}\u{0}\u{0}",
      "\u{7F}\u{7F}\u{7F}\u{7F}", "\u{93}NUMPY", "PK\u{1}\u{2}", "PK\u{5}\u{6}",
      "\u{1F}\u{8B}\u{8}",
    ])
    for place in files.indices where place == changed || mutator.random.once(in: 6) {
      files[place] = mutator.mutate(files[place], words, others: files)
    }
    return FuzzInput(
      [.init("block", block)] + zip(names, files).map { FuzzInput.File($0, $1) })
  }

  // MARK: Weights

  private static let weightsBlock =
    "train: [dense 2, tanh, dense 2]\ndata: moons samples=20\nepochs: 1\npretrain: weights a.safetensors\n"

  private static func weights(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    let seed = Safetensors([
      "0.weight": .init(shape: [2, 2], values: [1, 2, 3, 4]),
      "0.bias": .init(shape: [2], values: [0, 1]),
      "2.weight": .init(shape: [2, 2], values: [1, 0, 0, 1]),
      "2.bias": .init(shape: [2], values: [0, 0]),
    ])
    var mutator = Mutator(random)
    defer { random = mutator.random }
    let words = Vocabulary([
      "\"F64\"", "\"F16\"", "\"BF16\"", "\"I64\"", "\"BOOL\"", "\"U8\"",
      "\"shape\":[4294967296,4294967296]",
      "\"shape\":[]", "\"data_offsets\":[0,9223372036854775807]", "\"data_offsets\":[8,0]", "-1",
      "1e308",
      "\"__metadata__\":{}", "}", "{", "[", "]", ",", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{7F}",
    ])
    let bytes = mutator.mutate(
      seed.bytes(asDouble: mutator.random.once(in: 2)), words + .json)
    return FuzzInput([.init("block", weightsBlock), .init("a.safetensors", bytes)])
  }

  @Sendable private static func readWeights(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    do throws(EngineError) {
      let read = try Safetensors(reading: input["a.safetensors"] ?? [], path: "a")
      let again = try Safetensors(reading: read.bytes(asDouble: true), path: "a")
      let isSame = read.tensors.allSatisfy { name, tensor in
        let other = again.tensors[name]
        return other?.shape == tensor.shape
          && other?.values.map(\.bitPattern) == tensor.values.map(\.bitPattern)
      }
      // A signaling NaN may become a quiet one.
      if !isSame, !read.tensors.values.contains(where: { $0.values.contains(where: \.isNaN) }) {
        return ["weights: they change when they are written and read"]
      }
    } catch {}
    return await runBlock(input, surroundings)
  }

  // MARK: Results and caches

  private static let keptRun = """
    {"facts":{"a":"b"},"metrics":{"loss":0.5,"gradient[layer=1]":1e-3,"nothing":"NaN"},\
    "tables":{"history":{"epoch":[1,2],"loss":[0.5,"inf"],"word":["a","b"]}},\
    "grids":{"boundary":{"shape":[2,3],"values":[1,2,3,4,5,6]}}}
    """

  private static func json(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    let seeds = [Array(keptRun.utf8), Array("{\"runs\":[\(keptRun)],\"metrics\":{\"a\":1}}".utf8)]
    return FuzzInput(
      mutator.mutate(mutator.random.element(of: seeds), .json, others: seeds))
  }

  @Sendable private static func readJSON(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    _ = ResultComparison(before: ["a": input.bytes], after: ["a": Array(keptRun.utf8)]).changes
    guard let json = JSON(input.bytes) else { return [] }
    let written = json.bytes
    guard JSON(written)?.bytes == written else { return ["json: what is written reads as another"] }
    guard let run = Run(json: json) else { return [] }
    return Run(json: run.json) == run ? [] : ["json: a run changes when it is read back"]
  }

  private static func packed(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var file = Array("sitegen1".utf8)
    for index in 0..<3 {
      // A key, a length, a checksum that is almost certainly wrong, and a payload.
      file += Digest(of: ["\(index)"]).bytes + [UInt8(index * 4), 0, 0, 0]
      file += (0..<8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      file += [UInt8](repeating: 7, count: index * 4)
    }
    var mutator = Mutator(random)
    defer { random = mutator.random }
    return FuzzInput(mutator.mutate(file, Vocabulary(["\u{0}", "\u{7F}", "sitegen1"])))
  }

  @Sendable private static func readPacked(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    let path = surroundings.scratch + "/fuzz.pack"
    guard (try? FileSystem.write(input.bytes, to: path)) != nil else {
      return ["scratch: cannot write"]
    }
    defer { try? FileSystem.removeFile(path) }
    let key = Digest(of: ["new"])
    let cache = PackedCache(path: path)
    _ = cache.read([Digest(of: ["0"]), Digest(of: ["1"]), key])
    cache.add([(key, [1, 2, 3])])
    return PackedCache(path: path).read([key]) == [[1, 2, 3]]
      ? [] : ["packed: what was added is not there"]
  }
}
