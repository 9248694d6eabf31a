package import Diagnostics

/// Reads blocks.
package struct ExperimentReader: Sendable {
  let settings: ExperimentSettings
  let files: DataFiles

  package init(settings: ExperimentSettings = .init(), files: DataFiles = .none) {
    self.settings = settings
    self.files = files
  }

  /// Reads all blocks of a page, in the order in which they stand on it.
  ///
  /// - Parameter page: The page's name, by which inline values on other pages name it.
  /// - Returns: For each block its experiment, or `nil` when it has mistakes; and all the mistakes.
  package func read(_ blocks: [NNBlock], page: String) -> (
    experiments: [Experiment?], diagnostics: [Diagnostic]
  ) {
    (blocks.map { _ in nil }, [])
  }
}
