import ArgumentParser
import Experiments

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema of nn blocks, for editors.")

  func run() {
    Terminal().out(
      String(decoding: LanguageReference.schema, as: UTF8.self).split(separator: "\n")
        .joined(separator: "\n"))
  }
}
