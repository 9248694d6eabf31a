package import Diagnostics

/// What a build gives: a tree of files and what is wrong with the sources. With an error the tree
/// must not be written.
package struct SiteBuild: Sendable {
  /// A page for a person to open.
  package struct Page: Hashable, Sendable {
    /// The path of its file in ``output``: `articles/relu/index.html`.
    package var path: String
    package var title: String
    /// The article it was made of, or `nil` for lists and such.
    package var source: String?
  }

  package var output = OutputTree()
  /// In the order in which they are printed.
  package var diagnostics: [Diagnostic] = []
  /// Ordered by path.
  package var pages: [Page] = []
  /// Seconds that each step took, in order; empty unless asked for.
  package var timings: [(step: String, seconds: Double)] = []
  package var wasCanceled = false

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
