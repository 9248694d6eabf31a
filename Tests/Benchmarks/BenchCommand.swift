import ArgumentParser

@main
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sitegen-bench", abstract: "Measure the engine and the build.",
    subcommands: [
      MarkdownBench.self, KernelsBench.self, TrainingBench.self, ChartsBench.self, SiteBench.self,
      CostsBench.self, GrowthBench.self,
    ])
}
