import ArgumentParser
import NeuralNetworks
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Speed in steps per second of whole trainings that were also measured with other engines.
struct TrainingBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training",
    abstract: "Steps a second of whole trainings, beside other engines'.",
    discussion: """
      Data, first weights and the order of the samples come from splitmix64, so that every engine \
      trains the same; the loss over all samples at the end is the check. A training is timed from \
      setting its weights to that loss, again and again, and the shortest counts. The figures of \
      other engines were measured on one core of an AVX2 machine of 117 GFLOP/s. Pin to one core \
      for steady numbers of the first column: taskset -c 1 sitegen-bench training --one-core.
      """)

  @Flag(help: "Print comma-separated values.") var csv = false
  @Option(help: "Which to run, such as W1,W4.") var only: String?
  @Option(help: "Seconds for each workload and number of threads.") var seconds = 2.0
  @Flag(name: .customLong("one-core"), help: "Leave out two threads.") var oneCore = false

  func run() throws {
    let kernels = try ChosenKernels.table
    let wanted = only.map { Set($0.split(separator: ",").map(String.init)) }
    if csv {
      print("workload,threads,steps_per_s,gflops,loss,reference_loss,passes,goal,best,framework")
    } else {
      print("kernels \(kernels.name)\n")
    }
    var failures: [String] = []
    for workload in try TrainingWorkload.all() where wanted?.contains(workload.name) ?? true {
      failures += try measure(workload)
    }
    if wanted?.contains("W6") ?? true { failures += try measureProcess() }
    guard failures.isEmpty else {
      throw ValidationError("not as the reference: \(failures.joined(separator: ", "))")
    }
  }

  /// - Returns: Descriptions of the failures.
  private func measure(_ workload: TrainingWorkload) throws -> [String] {
    if !csv { print("\(workload.name)  \(workload.summary)") }
    var failures: [String] = []
    var parameters: [[Float]]?
    for threads in oneCore ? [1] : [1, 2] {
      let result = try TrainingMeasurement(workload, threads: threads, seconds: seconds)
      if let parameters, parameters != result.parameters {
        failures.append("\(workload.name) has other weights on \(threads) threads")
      }
      parameters = result.parameters
      let passes = workload.loss.contains(result.loss)
      if !passes { failures.append("\(workload.name)'s loss") }
      report(workload, threads, result, passes)
    }
    return failures
  }

  private func report(
    _ workload: TrainingWorkload, _ threads: Int, _ result: TrainingMeasurement, _ passes: Bool
  ) {
    let speed = Double(workload.steps) / result.time
    let flops = workload.operations / result.time / 1e9
    let rivals = workload.rivals
    let goal = threads == 1 ? rivals.goal : rivals.goalOfTwo
    let best = threads == 1 ? rivals.best : rivals.twoCores
    let framework = threads == 1 ? rivals.framework : nil
    if csv {
      let fields = [
        workload.name, "\(threads)", rounded(speed, 0), rounded(flops, 2), rounded(result.loss, 6),
        workload.lossText, passes ? "pass" : "miss", goal.map { rounded($0, 0) } ?? "",
        best.map { "\($0.name) \(rounded($0.speed, 0))" } ?? "",
        framework.map { "\($0.name) \(rounded($0.speed, 0))" } ?? "",
      ]
      print(fields.joined(separator: ","))
      return
    }
    let verdict = goal.map {
      speed >= $0 ? ", goal \(rounded($0, 0)) met" : ", goal \(rounded($0, 0)) missed"
    }
    print(
      "  \(threads == 1 ? "one thread " : "two threads")  \(rounded(speed, 0)) steps/s  "
        + "\(rounded(flops, 1)) GFLOP/s  loss \(rounded(result.loss, 5)) "
        + "(\(workload.lossText): \(passes ? "pass" : "miss"))\(verdict ?? "")")
    for rival in [best, framework].compactMap({ $0 }) {
      print(
        "    \(rival.name): \(rounded(rival.speed, 0)), ours \(rounded(speed / rival.speed, 2)) times"
      )
    }
  }

  private func measureProcess() throws -> [String] {
    let runs = try (0..<21).map { _ in try XORProcess.run() }
    let times = runs.map(\.seconds).sorted()
    let (shortest, middle) = (times[0], times[10])
    let outputs = runs[0].output
    let passes = outputs == XORProcess.expected
    if csv {
      print(
        "W6,1,,,\"\(outputs)\",\"\(XORProcess.expected)\",\(passes ? "pass" : "miss"),"
          + "10 ms,C 2 ms,numpy 110 ms: ours \(rounded(shortest * 1e3, 2)) ms")
    } else {
      print(
        """
        W6  XOR, 2-4-1 tanh, 500 steps: the whole process
          shortest \(rounded(shortest * 1e3, 2)) ms, median \(rounded(middle * 1e3, 2)) ms, \
        outputs \(outputs) (\(passes ? "pass" : "miss"))
            C: 2 ms, numpy: 110 ms, PyTorch 1.13: 1190 ms
        """)
    }
    return passes ? [] : ["W6's outputs"]
  }
}

/// The shortest of many repetitions of a whole training.
private struct TrainingMeasurement {
  private(set) var time = Double.infinity
  private(set) var loss = Double.nan
  private(set) var parameters: [[Float]] = []

  init(_ workload: TrainingWorkload, threads: Int, seconds: Double) throws {
    let all = (0..<Int32(workload.data.count)).map { $0 }
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(seconds))
    repeat {
      // An optimizer's state is part of a training, so each repetition starts with a new one.
      var training = try SteppedTraining(
        workload.spec, on: workload.data, threads: threads, kernels: ChosenKernels.ofEngine)
      let start = clock.now
      training.parameters = workload.weights
      for order in workload.orders {
        for first in stride(from: 0, to: order.count, by: workload.batch) {
          let last = min(first + workload.batch, order.count)
          _ = training.step(order.span.extracting(first..<last))
        }
      }
      loss = training.loss(over: all)
      time = min(time, (clock.now - start) / .seconds(1))
      parameters = training.parameters
    } while clock.now < end
  }
}

/// `sitegen-xor`, a process that starts, trains XOR and exits; it is built beside this program.
private enum XORProcess {
  static let expected = "[0.003, 0.995, 0.998, 0.005]"

  /// The time in seconds from the program's start to its end, and its output.
  static func run() throws -> (seconds: Double, output: String) {
    let path = CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false)
    let program = (path.dropLast() + ["sitegen-xor"]).joined(separator: "/")
    let clock = ContinuousClock()
    let start = clock.now
    guard let output = output(of: program) else {
      throw ValidationError("cannot run \(program); build all of the package")
    }
    return ((clock.now - start) / .seconds(1), output)
  }

  /// The first line that a program prints; `nil` if it fails.
  private static func output(of program: String) -> String? {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { return nil }
    var words = unsafe [strdup(program), nil]
    defer { unsafe free(words[0]) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    unsafe posix_spawn_file_actions_addclose(&actions, ends[0])
    var process = pid_t()
    let failure = unsafe posix_spawnp(&process, program, &actions, nil, &words, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard failure == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 256)
    var count = 0
    while count < bytes.count {
      let got = unsafe bytes[count...].withUnsafeMutableBytes {
        unsafe read(ends[0], $0.baseAddress, $0.count)
      }
      guard got > 0 else { break }
      count += got
    }
    var status: Int32 = 0
    guard unsafe waitpid(process, &status, 0) == process, status == 0 else { return nil }
    return String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n").first.map(
      String.init)
  }
}

/// The number with `digits` digits after the point.
private func rounded(_ value: Double, _ digits: Int) -> String {
  guard value.isFinite else { return "\(value)" }
  let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
  let whole = Int((abs(value) * scale).rounded())
  let text = String(whole)
  let filled = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
  let sign = value < 0 && whole != 0 ? "-" : ""
  return sign + filled.dropLast(digits) + (digits > 0 ? "." + filled.suffix(digits) : "")
}
