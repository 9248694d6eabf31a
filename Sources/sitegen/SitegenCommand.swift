import ArgumentParser

@main
struct SitegenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sitegen", abstract: "Build a static site whose pages compute.")
}
