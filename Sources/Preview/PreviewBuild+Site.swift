package import Site
import Storage

extension PreviewBuild {
  /// What a build of `sources` gave; `nil` where it was cancelled.
  package init?(_ build: SiteBuild, of sources: SourceTree) {
    guard !build.wasCancelled else { return nil }
    let tree = build.output
    self.init(
      paths: tree.paths, diagnostics: build.diagnostics, sourceFile: sources.sourceFile
    ) { (path) throws(FileError) in
      switch tree[path] {
      case .bytes(let bytes): bytes
      case .copy(let source): try sources.read(source)
      case nil: throw .notFound(path: path)
      }
    }
  }
}
