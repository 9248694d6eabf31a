/// A malformed data file. The caller adds the path.
struct DataFileError: Error, Hashable {
  var place: FilePlace?
  /// Lower case, without a full stop.
  var problem: String

  init(_ place: FilePlace?, _ problem: String) {
    self.place = place
    self.problem = problem
  }

  func at(_ path: String) -> EngineError { .file(path: path, place: place, problem: problem) }
}
