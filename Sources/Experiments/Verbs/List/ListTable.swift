import NeuralNetworks

/// The tables that `list` can show.
enum ListTable {
  static let names =
    Kind.allCases.map(\.listWord) + ["structures", "verbs", "options", "metrics", "functions"]

  static func kind(_ name: String) -> Kind? { Kind.allCases.first { $0.listWord == name } }
}
