import Markup

extension Drawing {
  /// The picture as a file of its own; empty for what is no picture.
  func files(words: FigureWords) -> [String] { [] }
}
