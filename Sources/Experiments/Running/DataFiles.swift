package import Storage

/// The files that blocks may read, by their path in the site. Whoever makes one keeps it inside the
/// site's folder: ``Disc/confined(_:to:)`` does.
package struct DataFiles: Sendable {
  package var read: @Sendable (_ path: String) -> Result<[UInt8], FileError>

  package init(read: @escaping @Sendable (_ path: String) -> Result<[UInt8], FileError>) {
    self.read = read
  }

  /// No files at all.
  package static let none = DataFiles { .failure(.notFound(path: $0)) }

  /// The files below a folder; what leads out of it is refused.
  package static func folder(_ folder: String) -> DataFiles {
    DataFiles { path in
      Result { () throws(FileError) in try Disc.read(Disc.confined(path, to: folder)) }
    }
  }
}
