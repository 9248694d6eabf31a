import Tensors
import Testing

@testable import NeuralNetworks

/// Every case of `losses.json`, in Double: each term, mean and sum, and their gradients.
@Suite struct LossReferenceTests {
  static let file = try? Reference.file("losses")
  private static var indices: Range<Int> { 0..<(file?["cases"].list.count ?? 0) }

  @Test func theFileIsThere() throws { #expect(!(try #require(Self.file)["cases"].list.isEmpty)) }

  /// The registry's entry for a case: the file has one name for each variant.
  private func entry(_ name: String) -> RegistryEntry? {
    let names = ["l1": "mae", "focal_multiclass": "focal"]
    var name = names[name] ?? name
    while true {
      if let entry = Registry.entry(.loss, name) { return entry }
      guard let cut = name.lastIndex(of: "_") else { return nil }
      name = String(name[..<cut])
    }
  }

  private func term(_ entry: RegistryEntry, _ item: Reference) throws -> Term {
    var arguments: [String: Argument] = [:]
    for key in item["params"].keys {
      guard let value = item["params"].optional(key) else { continue }
      switch key {
      case "eps":
        if entry.parameter("epsilon") != nil { arguments["epsilon"] = .number(value.number) }
      case "label_smoothing": arguments["smoothing"] = .number(value.number)
      case "p" where entry.name == "multi_margin": arguments["p"] = .integer(value.integer)
      case "p": #expect(value.integer == 2, "triplets have the Euclidean norm")
      case "ignore_index": #expect(value.integer < 0)
      case "log_input", "full": arguments[key] = .flag(value.flag)
      default: arguments[key] = value.isNumber ? .number(value.number) : .numbers(value.numbers)
      }
    }
    if item["name"].text == "kl_div_log_target" { arguments["log_target"] = .flag(true) }
    return try entry.term(arguments)
  }

  @Test(arguments: indices)
  func valueAndGradient(index: Int) throws {
    let item = try #require(Self.file)["cases"].list[index]
    let name = item["name"].text
    let found = self.entry(name)
    let entry = try #require(found, "no loss for \(name)")
    let term = try term(entry, item)
    let loss = Loss(term)
    let batch = try Batch(item, loss)
    var each: [Double] = []
    let sum = loss.evaluate(
      batch.memory, outputs: batch.outputs, targets: batch.targets, gradient: batch.gradient,
      reduction: .sum
    ) { each.append($0) }
    check(name, "none", each, item["none"].numbers)
    check(name, "sum", [sum], [item["sum"]["value"].number])
    for (key, found) in zip(batch.keys, batch.gradients) {
      check(name, "sum's gradient", found, batch.rowMajor(item["sum"]["grad"][key].numbers))
    }
    let means =
      entry.name == "kl_div"
      ? [("mean", "mean"), ("batchmean", "batch_mean")] : [("mean", "")]
    for (key, reduction) in means {
      var loss = loss
      if !reduction.isEmpty {
        var term = term
        let place = try #require(term.arguments.firstIndex { $0.name == "reduction" })
        term.arguments[place].value = .word(reduction)
        loss = Loss(term)
      }
      let mean = loss.evaluate(
        batch.memory, outputs: batch.outputs, targets: batch.targets, gradient: batch.gradient)
      check(name, key, [mean], [item[key]["value"].number])
      for (input, found) in zip(batch.keys, batch.gradients) {
        check(
          name, "\(key)'s gradient", found, batch.rowMajor(item[key]["grad"][input].numbers))
      }
    }
  }

  private func check(_ name: String, _ what: String, _ found: [Double], _ expected: [Double]) {
    let difference = excess(found, expected, relative: 1e-11, absolute: 1e-14)
    #expect(difference == nil, "\(name): \(what) \(difference ?? "")")
  }
}

/// The inputs of a case as one row of outputs for each sample, and its targets, in one workspace.
private struct Batch {
  /// The names of the inputs, in the order in which they are parts of a row.
  let keys: [String]
  let memory: Workspace<Double>
  let outputs: View
  let gradient: View
  let targets: BatchTargets
  /// (N, C, H, W) has a row for each pixel.
  private let pixels: Int
  private let rows: Int
  /// Numbers of one input in a row.
  private let width: Int

  init(_ item: Reference, _ loss: Loss) throws {
    keys = item["inputs"].keys.sorted { Self.rank($0) < Self.rank($1) }
    let inputs = keys.map { item["inputs"][$0] }
    let first = inputs[0].shape
    pixels = first.count == 4 ? first[2] * first[3] : 1
    rows = (first.count == 1 ? 1 : first[0]) * pixels
    width = inputs[0].numbers.count / rows
    let target: [Double] = item["targets"].keys.first.map { item["targets"][$0].numbers } ?? [0]
    let isLabels = loss.targetForm == .labels && target.count == rows

    var plan = WorkspacePlan()
    outputs = plan.reserve(rows: rows, columns: width * keys.count)
    gradient = plan.reserve(rows: rows, columns: width * keys.count)
    let numbers = plan.reserve(rows: rows, columns: max(1, target.count / rows))
    memory = try Workspace<Double>(plan)
    targets = BatchTargets(capacity: rows, numbers: isLabels ? nil : numbers)
    if isLabels {
      for (row, label) in target.enumerated() { targets.labels[row] = Int32(exactly: label)! }
    } else {
      memory.set(numbers, loss.ignoresTargets ? [Double](repeating: 0, count: rows) : target)
    }
    let (rows, width) = (rows, width)
    let parts = inputs.map { rowMajor($0.numbers) }
    memory.set(
      outputs,
      (0..<rows).flatMap { (row: Int) -> [Double] in
        parts.flatMap { (part: [Double]) -> ArraySlice<Double> in
          part[row * width..<(row + 1) * width]
        }
      })
  }

  /// x before var, x1 before x2, anchor before positive before negative.
  private static func rank(_ key: String) -> Int {
    ["x": 0, "x1": 0, "a": 0, "p": 1, "x2": 1, "var": 1, "n": 2][key] ?? 0
  }

  /// Numbers of one input in the order of rows.
  func rowMajor(_ values: [Double]) -> [Double] {
    guard pixels > 1 else { return values }
    return (0..<values.count).map { place in
      let (row, column) = (place / width, place % width)
      return values[(row / pixels * width + column) * pixels + row % pixels]
    }
  }

  /// The gradient of each input.
  var gradients: [[Double]] {
    let all = memory.elements(gradient)
    let total = width * keys.count
    return keys.indices.map { (part: Int) -> [Double] in
      (0..<rows).flatMap { (row: Int) -> ArraySlice<Double> in
        let start = row * total + part * width
        return all[start..<start + width]
      }
    }
  }
}
