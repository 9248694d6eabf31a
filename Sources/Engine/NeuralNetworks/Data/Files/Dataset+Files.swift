/// The kind of a target column: the author's choice, or decided by its values.
enum TargetKind: String {
  case auto, classes, numbers

  init(_ term: Term) { self = term.word("kind").flatMap(Self.init) ?? .auto }
}

extension Dataset {
  /// The files that a term reads, in the order it reads them.
  static func paths(of term: Term) -> [String] {
    switch term.name {
    case "iris": ["data/iris.csv"]
    case "digits": ["data/digits.csv"]
    case "csv", "npz": [term.word("path") ?? ""]
    case "npy": [term.word("path") ?? "", term.word("target") ?? ""]
    case "idx": [term.word("images") ?? "", term.word("labels") ?? ""]
    default: []
    }
  }

  /// The samples of a term that reads files.
  ///
  /// - Throws: `EngineError.file` for a missing or malformed file, with its line or offset.
  static func read(_ term: Term, files: Engine.Files) throws(EngineError) -> Dataset {
    var contents: [[UInt8]] = []
    let paths = paths(of: term)
    for path in paths {
      guard let bytes = files(path) else {
        throw .file(path: path, place: nil, problem: "there is no such file")
      }
      do { contents.append(try gunzipped(bytes)) } catch { throw error.at(path) }
    }
    switch term.name {
    case "iris":
      do {
        return try table(CSVTable(contents[0]), named: "iris", target: "species", kind: .classes)
      } catch { throw error.at(paths[0]) }
    case "digits":
      do { return try digits(contents[0], samples: term.integer("samples")) } catch {
        throw error.at(paths[0])
      }
    case "csv":
      do {
        return try table(
          CSVTable(contents[0]), named: name(of: paths[0]), target: term.word("target"),
          kind: TargetKind(term))
      } catch { throw error.at(paths[0]) }
    case "npy":
      let samples = try array(contents[0], paths[0])
      return try arrays(
        samples, try array(contents[1], paths[1]), named: name(of: paths[0]),
        kind: TargetKind(term), path: paths[1])
    case "npz":
      let archive: ZipArchive
      do { archive = try ZipArchive(contents[0]) } catch { throw error.at(paths[0]) }
      let data = term.word("data") ?? "x"
      let target = term.word("target") ?? "y"
      return try arrays(
        try array(archive, data, paths[0]), try array(archive, target, paths[0]),
        named: name(of: paths[0]), kind: TargetKind(term), path: paths[0])
    case "idx": return try images(contents, paths, samples: term.integer("samples"))
    default: throw .unknownName(.dataset, term.name)
    }
  }

  /// The file's name without folders and extension.
  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.prefix { $0 != "." })
  }

  /// 1×8×8 images, their 16 gray levels from 0 to 1.
  private static func digits(
    _ bytes: [UInt8], samples: Int?
  ) throws(DataFileError) -> Dataset {
    var set = try table(CSVTable(bytes), named: "digits", target: "digit", kind: .classes)
    guard set.shape.count == 64 else {
      throw DataFileError(.line(1), "\(set.shape.count) columns are not the pixels of an 8×8 image")
    }
    set.shape = Shape(1, 8, 8)
    set.inputs = set.inputs.map { $0 / 16 }
    set.featureNames = []
    return set.first(samples)
  }

  /// The first samples, or all for nil.
  func first(_ samples: Int?) -> Dataset {
    guard let samples, samples < count else { return self }
    var copy = self
    copy.count = samples
    copy.inputs = Array(inputs.prefix(samples * shape.count))
    switch targets {
    case .classes(let classes, let names):
      copy.targets = .classes(Array(classes.prefix(samples)), names: names)
    case .steps(let classes, let names):
      copy.targets = .steps(Array(classes.prefix(samples * shape.extents[0])), names: names)
    case .numbers(let values, let columns, let names):
      copy.targets = .numbers(
        Array(values.prefix(samples * columns)), columns: columns, names: names)
    }
    return copy
  }

  // MARK: - Arrays

  private static func array(_ bytes: [UInt8], _ path: String) throws(EngineError) -> NumPyArray {
    do { return try NumPyArray(bytes) } catch { throw error.at(path) }
  }

  private static func array(
    _ archive: ZipArchive, _ name: String, _ path: String
  ) throws(EngineError) -> NumPyArray {
    guard let member = archive.members.first(where: { $0.name == name + ".npy" }) else {
      let names = archive.members.map { "`" + $0.name.replacing(".npy", with: "") + "`" }
      throw .file(
        path: path, place: nil,
        problem: "no array is named `\(name)`, only \(names.joined(separator: ", "))")
    }
    do { return try NumPyArray(archive.contents(of: member)) } catch {
      // The offset is relative to the member.
      throw .file(path: path + "/" + member.name, place: error.place, problem: error.problem)
    }
  }

  /// Samples and targets that go together: the first extent of both counts the samples.
  private static func arrays(
    _ samples: NumPyArray, _ targets: NumPyArray, named name: String, kind: TargetKind, path: String
  ) throws(EngineError) -> Dataset {
    let count = samples.shape.first ?? 0
    func refuse(_ problem: String) -> EngineError {
      .file(path: path, place: nil, problem: problem)
    }
    guard count > 0, !samples.values.isEmpty else { throw refuse("the samples' array is empty") }
    guard targets.shape.first == count, targets.shape.count <= 2, !targets.values.isEmpty else {
      throw refuse(
        "\(count) samples, but targets of shape \(Shape(targets.shape)): one row a sample is needed"
      )
    }
    guard samples.values.allSatisfy({ $0.isFinite }), targets.values.allSatisfy({ $0.isFinite })
    else {
      throw refuse("some of the numbers are infinite or not numbers")
    }
    let columns = targets.values.count / count
    let wanted: Targets
    if kind == .classes || (kind == .auto && targets.isInteger && columns == 1) {
      let labels = targets.values.compactMap { Int32(exactly: $0) }
      guard columns == 1, labels.count == count, labels.allSatisfy({ (0..<100_000).contains($0) })
      else { throw refuse("classes are one whole number from 0 to 99999 a sample") }
      wanted = .classes(labels, names: (0...Int(labels.max() ?? 0)).map(String.init))
    } else {
      wanted = .numbers(
        targets.values.map { Float($0) }, columns: columns,
        names: columns == 1 ? ["y"] : (1...columns).map { "y\($0)" })
    }
    let shape = Shape(samples.shape.count == 1 ? [1] : Array(samples.shape.dropFirst()))
    return Dataset(
      name: name, shape: shape, count: count, inputs: samples.values.map { Float($0) },
      featureNames: shape.rank == 1 ? (1...shape.count).map { "x\($0)" } : [], targets: wanted)
  }

  /// Images of bytes become numbers from 0 to 1, with one channel.
  private static func images(
    _ contents: [[UInt8]], _ paths: [String], samples: Int?
  ) throws(EngineError) -> Dataset {
    let images: IDXFile
    let labels: IDXFile
    do { images = try IDXFile(contents[0]) } catch { throw error.at(paths[0]) }
    do { labels = try IDXFile(contents[1]) } catch { throw error.at(paths[1]) }
    let count = images.shape[0]
    guard count > 0, !images.values.isEmpty, images.values.allSatisfy({ $0.isFinite }) else {
      throw .file(path: paths[0], place: nil, problem: "there are no images in it")
    }
    let classes = labels.values.compactMap { Int32(exactly: $0) }
    guard labels.shape == [count], classes.count == count,
      classes.allSatisfy({ (0..<100_000).contains($0) })
    else {
      throw .file(
        path: paths[1], place: nil,
        problem: "\(count) images, but labels of shape \(Shape(labels.shape))")
    }
    let scale = images.isBytes ? 255.0 : 1
    let extents = Array(images.shape.dropFirst())
    let shape = Shape(extents.isEmpty ? [1] : extents.count == 2 ? [1] + extents : extents)
    return Dataset(
      name: name(of: paths[0]), shape: shape, count: count,
      inputs: images.values.map { Float($0 / scale) },
      featureNames: [],
      targets: .classes(classes, names: (0...Int(classes.max() ?? 0)).map(String.init))
    ).first(samples)
  }
}
