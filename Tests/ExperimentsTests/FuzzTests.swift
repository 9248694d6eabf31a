import Diagnostics
import Experiments
import JSON
import Testing

/// Blocks with changed bytes, swapped lines and repeated parts: parsing always ends, never traps,
/// and a rejection always has a diagnostic.
@Suite struct FuzzTests {
  private static let seeds = [
    """
    train: [{repeat 2: [dense 8, leaky_relu slope=0.1]}, {residual: [dense 8, tanh]}, dense 1]
    data: moons samples=100 noise=0.1
    init: he_normal
    optimizer: sgd rate=0.1 momentum=0.9
    schedule: multistep milestones=[3, 5]
    epochs: 10
    show: [loss, boundary, table]
    expect:
      - test.accuracy > 0.5
      - loss ~ 0.1 ± 5%
    """,
    """
    train: [dense $w, $act, dense 2]
    data: blobs samples=60 classes=2
    vary: {w: [2, 4], act: [relu, "tanh"]}
    slider: w
    repeats: 2
    epochs: 3
    expect: loss[w=2, act=relu] within 0..3
    """,
    "plot: [sigmoid, softplus beta=2]\nderivatives: only\nx: -4..4\ncaption: >\n  two\n  lines\n",
    "graph: (x + y) * z - sin(x^2) / 3\nat: {x: -2, y: 5, z: -4}\nexpect: value < 100\n",
    "diagram: [{branches: [[conv 4], [conv 2, relu, conv 2]]}, flatten, dense 3]\ninput: 1x8x8\n",
    "list: [relu, adam, moons]\n", "dataset: spirals samples=50\n",
    "check: [dense 3, tanh, dense 2]\n", "trace: [dense 2, sigmoid, dense 1]\n",
    "signal: [{repeat 4: [dense 16, $a]}]\nvary: {a: [tanh, relu]}\n",
  ]

  private static let pieces = [
    ":", "[", "]", "{", "}", ",", "$", "$w", "&a", "*a", "!!", "|", ">", "-", "\n", "  ", "#", "'",
    "\"", "0", "-1", "1e9", "nan", "é", "深", "\u{0}", "=", "..", "±", "repeat 3", "dense 8", "? ",
    "<<: ", "999999999999999999999", "%", "\t",
  ]

  @Test(arguments: UInt64(0)..<40) func mutatedBlocksAreReadOrRefused(seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in 0..<25 {
      var bytes = Array(Self.seeds[random.below(Self.seeds.count)].utf8)
      for _ in 0..<1 + random.below(4) { Self.mutate(&bytes, &random) }
      let text = String(decoding: bytes, as: UTF8.self)
        .replacing("```", with: "").replacing("\r", with: "")
      let article = Article(block: text)
      let (experiments, diagnostics) = article.read(files: .none)
      #expect(experiments.count == article.blocks.count)
      for (experiment, _) in zip(experiments, article.blocks) where experiment == nil {
        #expect(!diagnostics.isEmpty, "refused without a word:\n\(text)")
      }
      for diagnostic in diagnostics {
        let range = diagnostic.range ?? 0..<0
        #expect(range.upperBound <= article.file.bytes.count, "\(diagnostic)\n\(text)")
      }
    }
  }

  /// Parsed blocks that are cheap are also run, drawn and written, without a trap.
  @Test(arguments: UInt64(100)..<108) func whatIsReadCanBeRunAndShown(seed: UInt64) async {
    var random = SplitMix(state: seed)
    for _ in 0..<40 {
      var bytes = Array(Self.seeds[random.below(Self.seeds.count)].utf8)
      Self.mutate(&bytes, &random)
      let text = String(decoding: bytes, as: UTF8.self)
        .replacing("```", with: "").replacing("\r", with: "")
      let settings = ExperimentSettings(limit: 3e6)
      let (experiments, _) = Article(block: text).read(settings: settings, files: .none)
      let (results, diagnostics) = await ExperimentRunner().run(experiments.compactMap(\.self))
      for (result, experiment) in zip(results, experiments.compactMap(\.self)) {
        guard let result else {
          #expect(diagnostics.contains { $0.path == experiment.file.path }, "\(text)")
          continue
        }
        #expect(result.figure(FigureContext()).contains("<figure"), "\(text)")
        #expect(JSON(result.json) != nil, "\(text)")
        _ = (result.csv, result.text, result.formulas)
      }
    }
  }

  @Test(arguments: UInt64(200)..<210) func changesOfMutatedBlocksEnd(seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in 0..<25 {
      var bytes = Array(Self.seeds[random.below(Self.seeds.count)].utf8)
      Self.mutate(&bytes, &random)
      let text = String(decoding: bytes, as: UTF8.self)
        .replacing("```", with: "").replacing("\r", with: "")
      let article = Article(block: text)
      guard let block = article.blocks.first else { continue }
      let names = ["rate", "epochs", "w", "act", "show", "expect", "slope", "x", "data"]
      let change =
        names[random.below(names.count)] + "=" + Self.pieces[random.below(Self.pieces.count)]
      let (experiment, diagnostics) = ExperimentParser().read(
        block, id: "it", page: "page", changes: [BlockChange(change)].compactMap(\.self))
      #expect(experiment != nil || !diagnostics.isEmpty)
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let place = random.below(bytes.count + 1)
    switch random.below(5) {
    case 0: bytes.insert(contentsOf: pieces[random.below(pieces.count)].utf8, at: place)
    case 1:
      let end = min(bytes.count, place + 1 + random.below(6))
      bytes.removeSubrange(place..<end)
    case 2:
      let end = min(bytes.count, place + random.below(20))
      bytes.insert(contentsOf: Array(bytes[place..<end]), at: random.below(bytes.count + 1))
    case 3:
      if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) & 0x7F }
    default:
      let piece = pieces[random.below(pieces.count)]
      for _ in 0..<1 + random.below(80) { bytes.insert(contentsOf: piece.utf8, at: place) }
    }
  }
}

struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}
