import ArgumentParser

@main
struct SitegenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sitegen",
    abstract: "Build a static site whose figures and numbers are computed while it is built.",
    version: "0.1.0",
    subcommands: [
      BuildCommand.self, PreviewCommand.self, PublishCommand.self, RunCommand.self,
      DiffCommand.self, CacheCommand.self, SchemaCommand.self, PreviewBuildCommand.self,
    ])
}
