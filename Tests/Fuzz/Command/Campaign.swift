import ArgumentParser
import Foundation
import Fuzzing
import Storage

/// Tries inputs in other processes, one target after another in turns, and keeps those that find
/// faults.
struct Campaign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Try inputs, and keep those that break something (the default).")

  @OptionGroup var options: FuzzOptions

  @Option(help: "Names the inputs: the same seed, the same inputs.")
  var seed: UInt64 = 1

  @Option(help: "Seconds after which to end.")
  var seconds: Double?

  @Option(help: "Inputs to try of the dearest target; cheaper ones get a multiple.")
  var inputs: Int?

  @Option(
    name: .customLong("target"),
    help: ArgumentHelp(
      "What to try; again for more. (default: all)", valueName: "name"))
  var targets: [String] = []

  @Option(help: "Where inputs that break something are kept.")
  var findings = ".build/fuzz"

  @Option(help: "Tries to make a finding smaller.")
  var tries = 150

  @Option(help: "Seconds that a target has before the next one's turn.")
  var turn = 12.0

  func validate() throws {
    for name in targets where FuzzTarget.named(name) == nil {
      let known = FuzzTarget.all.map(\.name).joined(separator: ", ")
      throw ValidationError("There is no target \(name), only \(known).")
    }
    guard seconds != nil || inputs != nil else {
      throw ValidationError("Say --seconds or --inputs, or this never ends.")
    }
  }

  func run() async throws {
    let chosen = targets.isEmpty ? FuzzTarget.all : targets.compactMap(FuzzTarget.named)
    var run = CampaignRun(self, try Corpus(root: options.root, more: options.corpus))
    defer { run.clean() }
    let end = ContinuousClock.now + .seconds(seconds ?? 1e9)
    var isWorkLeft = true
    while isWorkLeft {
      isWorkLeft = false
      for target in chosen {
        let left = end - ContinuousClock.now
        let most = inputs.map { $0 * target.weight - run.tried(target) } ?? .max
        guard left > .zero, most > 0 else { continue }
        let time = min(turn, Double(left.components.seconds) + 1)
        try run.turn(of: target, inputs: min(most, 1 << 40), seconds: time)
        isWorkLeft = true
      }
    }
    run.report(chosen)
    if run.findingCount > 0 { throw ExitCode.failure }
  }
}

/// The progress of a run.
private struct CampaignRun {
  private struct Tally {
    var inputs = 0
    var seconds = 0.0
    var slowest = (seconds: 0.0, index: 0)
    /// How often each finding occurred.
    var findings: [String: Int] = [:]
  }

  private let campaign: Campaign
  private let corpus: Corpus
  private let folder = NSTemporaryDirectory() + "/sitegen-fuzz-\(getpid())"
  private var tallies: [String: Tally] = [:]
  private var known: Set<String> = []

  init(_ campaign: Campaign, _ corpus: Corpus) {
    self.campaign = campaign
    self.corpus = corpus
  }

  var findingCount: Int { known.count }

  func tried(_ target: FuzzTarget) -> Int { tallies[target.name]?.inputs ?? 0 }

  func clean() { try? FileSystem.removeTree(folder) }

  /// Tries a target's next inputs, in one process after another, until its time is over.
  mutating func turn(of target: FuzzTarget, inputs: Int, seconds: Double) throws {
    try FileSystem.makeFolder(folder + "/scratch")
    let start = ContinuousClock.now
    let first = tried(target)
    let end = start + .seconds(seconds)
    var next = first
    while next < first + inputs, ContinuousClock.now < end {
      let left = Double((end - ContinuousClock.now).components.seconds) + 1
      next = try workOn(target, from: next, inputs: first + inputs - next, seconds: left)
    }
    tallies[target.name, default: Tally()].inputs = next
    let taken = ContinuousClock.now - start
    tallies[target.name, default: Tally()].seconds +=
      Double(taken.components.seconds) + Double(taken.components.attoseconds) * 1e-18
  }

  /// - Returns: The index of the input with which to continue.
  private mutating func workOn(
    _ target: FuzzTarget, from first: Int, inputs: Int, seconds: Double
  ) throws -> Int {
    let status = folder + "/status"
    try FileSystem.write(Array("\(first)\n".utf8), to: status)
    let process = try WorkerProcess(
      [
        "worker", "--target", target.name, "--seed", "\(campaign.seed)", "--first", "\(first)",
        "--inputs", "\(inputs)", "--seconds", "\(seconds)", "--status", status, "--scratch",
        folder + "/scratch",
      ] + campaign.options.arguments, folder: folder, status: status,
      patienceSeconds: Double(campaign.options.processorSeconds) * 8 + 60)
    let reached = (try? FileSystem.read(status)).flatMap { bytes in
      Int(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
    var next = (reached ?? first) + 1
    var faults: [(index: Int, fault: String)] = []
    for line in process.output.split(separator: "\n") {
      let words = line.split(separator: "\t", maxSplits: 2)
      guard words.count > 1, let index = Int(words[1]) else { continue }
      switch words[0] {
      case "fault": faults.append((index, words.count > 2 ? String(words[2]) : ""))
      case "slowest":
        let seconds = words.count > 2 ? Double(words[2]) ?? 0 : 0
        if seconds > tallies[target.name, default: Tally()].slowest.seconds {
          tallies[target.name, default: Tally()].slowest = (seconds, index)
        }
      case "done": next = index
      default: break
      }
    }
    var told: Set<String> = []
    for (index, fault) in faults {
      let signature = Inspector.signature(ofFault: fault)
      if told.insert(signature).inserted {
        keep(fault, target, index)
      } else {
        count(target.name + " " + signature, target)
      }
    }
    if let kind = process.ending.kind {
      keep("\(kind): \(process.errors.prefix(400))", target, next - 1, endedBy: kind)
    }
    return next
  }

  // MARK: Findings

  private mutating func keep(
    _ fault: String, _ target: FuzzTarget, _ index: Int, endedBy ending: String? = nil
  ) {
    // A finding that is already known is not inspected again.
    let quick = target.name + " " + (ending == nil ? Inspector.signature(ofFault: fault) : "")
    if ending == nil, known.contains(quick) { return count(quick, target) }
    let input = target.input(seed: campaign.seed, index: index, corpus)
    let inspector = Inspector(target: target, options: campaign.options, folder: folder)
    let found = inspector.inspect(input, explains: ending != nil)
    var finding = Finding(
      kind: ending ?? Inspector.kind(ofFault: fault),
      signature: found?.signature ?? Inspector.signature(ofFault: fault),
      explanation: found?.text ?? fault, input: input, isReproduced: found != nil)
    let name = target.name + " " + (ending.map { $0 + " " } ?? "") + finding.signature
    guard known.insert(name).inserted else { return count(name, target) }
    known.insert(ending == nil ? quick : name)
    count(name, target)
    if found != nil { finding.input = inspector.minimize(finding, tries: campaign.tries) }
    write(finding, target, index)
  }

  private mutating func count(_ name: String, _ target: FuzzTarget) {
    tallies[target.name, default: Tally()].findings[name, default: 0] += 1
  }

  private func write(_ finding: Finding, _ target: FuzzTarget, _ index: Int) {
    let name = "\(target.name)-\(finding.kind)-\(campaign.seed)-\(index)"
    let path = campaign.findings + "/" + name
    try? FileSystem.write(finding.input.kept(for: target.name), to: path + ".fuzz")
    let text = """
      \(finding.kind) in \(target.name), input \(index) of seed \(campaign.seed)\
      \(finding.isReproduced ? "" : ", not when it is tried alone")
      \(finding.signature)
      \(finding.explanation)
      sitegen-fuzz replay \(path).fuzz
      """
    try? FileSystem.write(Array((text + "\n").utf8), to: path + ".txt")
    print("== \(text)")
    let shown = finding.input.files.map {
      "-- \($0.path)\n\(String(decoding: $0.bytes.prefix(600), as: UTF8.self))"
    }
    print(shown.joined(separator: "\n"))
    fflush(nil)
  }

  func report(_ targets: [FuzzTarget]) {
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(1, width - text.count)) + text
    }
    print("target              inputs   seconds  dearest s   findings")
    for target in targets {
      let tally = tallies[target.name] ?? Tally()
      let name = target.name + String(repeating: " ", count: max(0, 16 - target.name.count))
      print(
        name + padded("\(tally.inputs)", 10) + padded("\(Int(tally.seconds))", 10)
          + padded("\((tally.slowest.seconds * 1000).rounded() / 1000)", 11)
          + padded("\(tally.findings.count)", 11))
    }
    for target in targets {
      for (name, count) in (tallies[target.name]?.findings ?? [:]).sorted(by: { $0.key < $1.key }) {
        print("\(name): \(count) times")
      }
    }
  }
}
