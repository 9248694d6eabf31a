package import Diagnostics

/// The result of a build: a tree of files and the mistakes in the sources. A tree with an error
/// must not be written.
package struct SiteBuild: Sendable {
  /// A page for readers.
  package struct Page: Hashable, Sendable {
    /// The path of its file in ``output``: `articles/relu/index.html`.
    package var path: String
    /// The title of the page, without that of the site.
    package var title: String
    /// The path of its article, or `nil` for lists and other generated pages.
    package var source: String?
  }

  /// The files of the site.
  package var output = OutputTree()
  /// In the order in which they are printed.
  package var diagnostics: [Diagnostic] = []
  /// Ordered by path.
  package var pages: [Page] = []
  /// The seconds that each step took, in order.
  package var timings: [(step: String, seconds: Double)] = []
  /// Whether the environment canceled the build, which is then incomplete.
  package var wasCanceled = false

  /// Whether a mistake keeps the site from being written.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
