package import Site
import Storage

extension PublishableSite {
  /// The output of a build.
  package init(_ tree: OutputTree, from sources: SourceTree) {
    self.init(paths: tree.paths) { (path) throws(FileError) in
      switch tree[path] {
      case .bytes(let bytes): bytes
      case .copy(let source): try sources.read(source)
      case nil: throw .notFound(path: path)
      }
    }
  }
}
