import Experiments
import Diagnostics
import Storage

/// Blocks that hold between 50 MB and 500 MB, each for a different reason.
enum SizedBlocks {
  /// Makes a folder with the data files that the blocks read.
  static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var table = "a,b,c,d,e,f,kind\n"
    for row in 0..<200_000 {
      table += (0..<6).map { "\((row * 7919 + $0 * 104_729) % 10_007)," }.joined() + "\(row % 3)\n"
    }
    try folder.write(table, to: "content/table.csv")
    let (count, side) = (15_000, 28)
    func big(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(number >> (24 - 8 * $0) & 255) } }
    let pixels = (0..<count * side * side).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    try FileSystem.write(
      [0, 0, 8, 3] + big(count) + big(side) + big(side) + pixels,
      to: folder.path + "/content/images.idx")
    try FileSystem.write(
      [0, 0, 8, 1] + big(count) + (0..<count).map { UInt8($0 % 10) },
      to: folder.path + "/content/labels.idx")
    return folder
  }

  static func cost(of text: String, in folder: String) -> ExperimentCost? {
    let reader = ExperimentParser(files: .folder(folder + "/content"))
    let file = SourceFile(path: "block.nn", bytes: Array(text.utf8))
    return reader.read(
      NNBlock(wholeOf: file, name: "block"), id: "block", page: "block", changes: []
    )
    .experiment?.cost
  }

  typealias Block = (name: String, text: String)

  static let all: [Block] = datasets + inspections + trainings + shapes

  private static let datasets: [Block] = [
    ("many numbers", "dataset: noise samples=220000 features=60"),
    ("wide samples", "dataset: noise samples=2000 features=4000"),
    ("clouds", "dataset: blobs samples=500000 features=24"),
    ("points", "dataset: moons samples=2500000"),
    ("arms", "dataset: spirals samples=2500000 classes=3"),
    ("squares", "dataset: checkerboard samples=2500000"),
    ("a plane", "dataset: linear samples=40000 features=200"),
    ("sequences", "dataset: copy samples=60000 length=40 pause=20"),
    ("images of a file", "dataset: idx images.idx labels.idx"),
  ]

  private static let inspections: [Block] = [
    ("a signal of many samples", "signal: [dense 16, tanh, dense 2]\ndata: noise 100000 64"),
    ("a wide layer", "signal: [dense 6000, tanh, dense 10]\nbatch: 256"),
    (
      "a deep stack",
      "signal: [{repeat 12: [dense 512, tanh]}, dense 10]\nbatch: 512\ndata: noise samples=512 classes=10"
    ),
    ("a large batch", "signal: [dense 256, relu, dense 2]\nbatch: 5000\ndata: noise samples=5000"),
    ("many weights", "signal: [dense 3000, dense 1000, dense 2]\nbatch: 4\ndata: noise samples=4"),
    (
      "rotations",
      "signal: [dense 900, tanh, dense 900, dense 2]\ninit: orthogonal\nbatch: 900\ndata: noise samples=900"
    ),
    (
      "weights scaled by a batch",
      "signal: [dense 2500, tanh, dense 2]\ninit: lsuv tries=2\nbatch: 800\ndata: noise samples=800"
    ),
    (
      "a check of many samples",
      "check: [dense 4, tanh, dense 2]\ndata: noise samples=100000 features=50"
    ),
    (
      "a check of many weights",
      "check: [dense 10, tanh, dense 2]\nbatch: 1\ndata: noise samples=100 features=60000"
    ),
    ("an example of many samples", "trace: [dense 1]\ndata: linear samples=1000000 features=4"),
  ]

  private static let trainings: [Block] = [
    (
      "a training of many samples",
      "train: [dense 16, relu, dense 2]\ndata: noise samples=100000 features=64\nbatch: 4096\nepochs: 1"
    ),
    (
      "standardised samples",
      "train: [dense 16, relu, dense 2]\ndata: noise samples=100000 features=48\nbatch: 4096\nepochs: 1\nstandardise: true"
    ),
    (
      "classes as numbers",
      "train: [dense 16, relu, dense 100]\ndata: blobs samples=50000 features=4 classes=100\nloss: mse\nbatch: 2048\nepochs: 1"
    ),
    ("a table", "train: [dense 16, relu, dense 3]\ndata: csv table.csv\nepochs: 1\nbatch: 1024"),
    (
      "images",
      "train: [flatten, dense 16, relu, dense 10]\ndata: idx images.idx labels.idx\nepochs: 1\nbatch: 1024"
    ),
    (
      "wide values",
      "train: [dense 6000, relu, dense 2]\ndata: noise samples=2000\nbatch: 1024\nepochs: 1"
    ),
    (
      "descent",
      "train: [dense 2000, relu, dense 2000, relu, dense 2]\ndata: noise samples=64\nbatch: 64\nepochs: 1"
    ),
    (
      "momentum",
      "train: [dense 2000, relu, dense 1500, relu, dense 2]\ndata: noise samples=64\nbatch: 64\nepochs: 1\noptimizer: sgd momentum=0.9"
    ),
    (
      "Adam",
      "train: [dense 2000, relu, dense 1500, relu, dense 2]\ndata: noise samples=64\nbatch: 64\nepochs: 1\noptimizer: adam"
    ),
    (
      "L-BFGS",
      "train: [dense 300, relu, dense 300, tanh, dense 2]\ndata: noise samples=64\nbatch: 64\nepochs: 1\noptimizer: lbfgs"
    ),
    (
      "a population",
      "train: [dense 200, relu, dense 2]\ndata: noise samples=64\nbatch: 64\nepochs: 1\noptimizer: genetic population=600"
    ),
    (
      "a bell",
      "train: [dense 100, relu, dense 2]\ndata: noise samples=64\nbatch: 64\nepochs: 1\noptimizer: cma_es population=700"
    ),
    (
      "a whole covariance",
      "train: [dense 50, relu, dense 8]\ndata: blobs samples=64 features=64 classes=8\nbatch: 64\nepochs: 1\noptimizer: cma_es population=60 covariance=full"
    ),
    (
      "an auto-encoder",
      "train: [dense 1500, sigmoid, dense 2]\ndata: noise samples=32 features=800\nbatch: 32\nepochs: 1\npretrain: autoencoder epochs=1"
    ),
    (
      "a Boltzmann machine",
      "train: [dense 1500, sigmoid, dense 2]\ndata: noise samples=32 features=800\nbatch: 32\nepochs: 1\npretrain: rbm epochs=1"
    ),
    (
      "other data first",
      "train: [dense 16, relu, dense 2]\ndata: noise samples=1000\nbatch: 1000\nepochs: 1\npretrain: transfer noise epochs=1\npretrain_data: noise samples=120000 features=64"
    ),
    (
      "layers that are watched",
      "train: [dense 2000, relu, dense 800, relu, dense 2]\ndata: noise samples=512\nbatch: 512\nepochs: 1\nshow: [loss, gradients, weights]"
    ),
    (
      "the best weights",
      "train: [dense 2500, relu, dense 1200, relu, dense 2]\ndata: noise samples=64\nbatch: 64\nepochs: 2\nstop: patience 2"
    ),
    (
      "a boundary's points",
      "train: [dense 4, relu, dense 2]\ndata: moons samples=500000\nbatch: 8192\nepochs: 1\nshow: boundary"
    ),
    (
      "a fit's points",
      "train: [dense 4, relu, dense 1]\ndata: sine samples=500000\nbatch: 8192\nepochs: 1\nshow: fit"
    ),
  ]

  private static let shapes: [Block] = [
    (
      "attention",
      #"train: ["reshape [512, 4]", attention heads=2, flatten, dense 2]"#
        + "\ndata: noise samples=32 features=2048\nbatch: 32\nepochs: 1"
    ),
    (
      "a cell of many steps",
      #"train: ["reshape [200, 5]", lstm 64, flatten, dense 2]"#
        + "\ndata: noise samples=128 features=1000\nbatch: 128\nepochs: 1"
    ),
    (
      "convolutions",
      #"train: ["reshape [1, 64, 64]", conv 24, relu, conv 24, relu, global_avg_pool, dense 2]"#
        + "\ndata: noise samples=48 features=4096\nbatch: 48\nepochs: 1"
    ),
    (
      "normalization",
      "train: [dense 3000, batch_norm, relu, dense 2]\ndata: noise samples=1500 features=32\nbatch: 1500\nepochs: 1"
    ),
  ]
}

/// Blocks that would take hours or more memory than there is.
enum HostileBlocks {
  static let all: [String] = data + optimizers + lengths + layers + results

  private static let data: [String] =
    ["train: [dense 2]\n", "signal: [dense 2]\n", "check: [dense 2]\n", "trace: [dense 2]\n"]
    .map { $0 + "data: noise samples=10000000 features=100000" } + [
      "dataset: noise samples=10000000 features=100000",
      "dataset: linear samples=10000000 features=10000",
      "dataset: blobs samples=10000000 features=10000",
      "dataset: copy samples=1000000 length=64 pause=64",
      "train: [dense 2]\ndata: moons\npretrain: transfer noise\npretrain_data: noise samples=10000000 features=100000",
      "train: [dense 2]\ndata: noise samples=2000000 features=200\nstandardise: true",
      "train: [dense 100]\ndata: blobs samples=10000000 classes=100\nloss: mse",
    ]

  private static let optimizers: [String] = [
    "train: [dense 3000, relu, dense 3000, dense 2]\ndata: noise samples=32\noptimizer: lbfgs history=1000",
    "train: [dense 1000, relu, dense 2]\ndata: noise samples=32\noptimizer: genetic population=10000",
    "train: [dense 1000, relu, dense 2]\ndata: noise samples=32\noptimizer: cma_es population=10000",
    "train: [dense 4, relu, dense 1]\ndata: moons samples=100\noptimizer: genetic\nepochs: 1000000",
    "train: [dense 50, relu, dense 8]\ndata: blobs samples=64 features=64 classes=8\noptimizer: cma_es covariance=full\nepochs: 10000",
    "signal: [dense 3000, dense 3000, dense 2]\ninit: orthogonal",
    "train: [dense 3000 init=orthogonal, dense 3000 init=orthogonal, dense 2]\ndata: noise samples=32",
    "signal: [dense 5000, tanh, dense 5000, tanh, dense 2]\ninit: lsuv tries=1000\ndata: noise samples=4000\nbatch: 4000",
    "train: [dense 500, sigmoid, dense 2]\ndata: noise samples=1000 features=500\npretrain: rbm epochs=100000 k=1000",
    "train: [dense 500, sigmoid, dense 2]\ndata: noise samples=1000 features=500\npretrain: autoencoder epochs=100000",
    "train: [dense 4, tanh, dense 2]\ndata: moons samples=100\npretrain: transfer circles epochs=100000\npretrain_data: circles samples=100000",
  ]

  private static let lengths: [String] = [
    "train: [dense 1]\ndata: xor\nsteps: 100000000",
    "train: [dense 2, tanh, dense 1]\ndata: moons samples=2\nepochs: 1000000\nstop: patience 1000000",
    "train: [dense 2, tanh, dense 1]\ndata: moons samples=200000\nepochs: 2000\nbatch: 1",
    "train: [dense 16, relu, dense 2]\ndata: moons samples=500\nrepeats: 100\nvary: {a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}\nseed: $a\nepochs: 2000",
    "check: [{repeat 10000: [dense 8, tanh]}, dense 2]",
    "check: [dense 4000, tanh, dense 4000, tanh, dense 2]\nbatch: 4096",
    "train: [dense 2]\ndata: moons samples=10000000\nepochs: 100",
  ]

  private static let layers: [String] = [
    "signal: [dense 1000000, tanh, dense 2]\nbatch: 1000000\ndata: noise samples=1000000 features=2",
    "signal: [dense 1000000, dense 1000, dense 2]",
    "train: [dense 1000000, dense 1000000, dense 2]\ndata: moons",
    #"train: ["reshape [20000, 4]", attention, flatten, dense 2]"#
      + "\ndata: noise samples=8 features=80000",
    #"signal: ["reshape [20000, 4]", attention, flatten, dense 2]"#
      + "\ndata: noise samples=8 features=80000",
    #"train: ["reshape [50000, 2]", lstm 500, flatten, dense 2]"#
      + "\ndata: noise samples=100 features=100000",
    "train: [{repeat 10000: [dense 100, tanh]}, dense 2]\ndata: moons samples=1000",
  ]

  private static let results: [String] = [
    "plot: [cosine, step, one_cycle, linear, exponential]\nepochs: 100000\nvary: {a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}\nrate: $a",
    "train: [dense 4, relu, dense 2]\ndata: moons samples=2000000\nshow: boundary\nepochs: 1\nbatch: 10000",
    "train: [dense 1]\ndata: moons samples=20\nlimit: 1e30",
    "signal: [dense 100, dense 2]\nlimit: 1e13",
  ]
}
