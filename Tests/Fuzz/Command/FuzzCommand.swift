import ArgumentParser

@main
struct FuzzCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sitegen-fuzz",
    abstract: "Try inputs that nobody would write on everything that reads.",
    discussion: """
      Inputs are made from the repository's own articles, fixtures and conformance suites by changing \
      them, and tried in another process: one that traps, takes too long or too much memory ends that \
      process and is told, made smaller and kept. So is one that breaks a promise: HTML that is none, \
      script where HTML is escaped, a message whose place is not in its file, two builds that differ.
      """,
    subcommands: [Campaign.self, Worker.self, Replay.self], defaultSubcommand: Campaign.self)
}

/// The limits on an input, and the source of inputs.
struct FuzzOptions: ParsableArguments {
  @Option(help: "The repository, whose files inputs are made from.")
  var root = "."

  @Option(help: "Another folder of files to make inputs from.")
  var corpus: String?

  @Option(help: "Seconds of processor time that one input may take.")
  var processorSeconds = 20

  @Option(help: "Megabytes that the process may take while it tries an input.")
  var memory = 2048

  /// The same options as arguments for another process of this program.
  var arguments: [String] {
    ["--root", root] + (corpus.map { ["--corpus", $0] } ?? [])
      + ["--processor-seconds", "\(processorSeconds)", "--memory", "\(memory)"]
  }
}
