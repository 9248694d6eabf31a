import Foundation
import TestSupport
import Testing

@testable import NeuralNetworks

/// The readers' results for good files and their errors for bad ones.
@Suite struct DataFileTests {
  private static func fixture(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: Repository.root + "/Tests/Fixtures/data/" + name)))
  }

  private static let files: Engine.Files = { path in
    let folder = path.hasPrefix("data/") ? "/content/" : "/Tests/Fixtures/data/"
    return (try? Data(contentsOf: URL(filePath: Repository.root + folder + path))).map(Array.init)
  }

  private func load(_ name: String, _ arguments: [String: Argument] = [:]) throws -> Dataset {
    try Dataset.load(Registry.term(.dataset, name, arguments), seed: 1, files: Self.files)
  }

  /// The engine's error for a CSV text.
  private func mistake(_ text: String, _ arguments: [String: Argument] = [:]) throws -> String {
    var arguments = arguments
    arguments["path"] = .word("t.csv")
    let term = try Registry.term(.dataset, "csv", arguments)
    do {
      _ = try Dataset.load(term, seed: 1, files: { _ in Array(text.utf8) })
      return "nothing"
    } catch {
      return error.description
    }
  }

  @Test func irisHasFiftyFlowersOfEachSpecies() throws {
    let iris = try load("iris")
    #expect(iris.count == 150)
    #expect(iris.classNames == ["setosa", "versicolor", "virginica"])
    guard case .classes(let labels, _) = iris.targets else { return #expect(Bool(false)) }
    #expect((0..<3).map { label in labels.count { $0 == label } } == [50, 50, 50])
    #expect(Array(iris.inputs[..<4]) == [5.1, 3.5, 1.4, 0.2])
    // The mean that the set's own description gives.
    let mean = stride(from: 0, to: 600, by: 4).reduce(0) { $0 + Double(iris.inputs[$1]) } / 150
    #expect(abs(mean - 5.84) < 0.005)
  }

  @Test func aColumnOfTextsBecomesAnInputForEachOfThem() throws {
    let text = "sex,age,class\nfemale,20,1\nmale,30.5,0\nfemale,40,0\n"
    let term = try Registry.term(.dataset, "csv", ["path": .word("t.csv")])
    let set = try Dataset.load(term, seed: 1, files: { _ in Array(text.utf8) })
    #expect(set.featureNames == ["sex=female", "sex=male", "age"])
    #expect(set.shape == Shape(3))
    #expect(set.inputs == [1, 0, 20, 0, 1, 30.5, 1, 0, 40])
    let names = (1...65).map { "name\($0 ),1" }.joined(separator: "\n")
    #expect(
      try mistake("a,b\n" + names)
        == "t.csv, line 1: column 1 (`a`) holds 65 different texts; up to 64 can each become an input"
    )
  }

  @Test func channelsAndFeaturesOfStepsAreStandardizedAsOne() throws {
    // Two images of 2×1×2; the first channel has mean 2 and variance 5, the second never changes.
    var set = Dataset(
      "images", shape: Shape(2, 1, 2), inputs: [-1, 1, 7, 7, 3, 5, 7, 7],
      targets: .classes([0, 1], names: ["a", "b"]))
    let (one, three) = (Float(1 / 5.0.squareRoot()), Float(3 / 5.0.squareRoot()))
    let (images, scaling) = set.standardized(by: [0, 1])
    #expect(images.inputs == [-three, -one, 0, 0, one, three, 0, 0])
    #expect(scaling?.mean == [2, 2, 7, 7])
    // The same numbers as two steps of two features, by the first sample alone.
    set.shape = Shape(2, 2)
    let (steps, _) = set.standardized(by: [0])
    #expect(steps.inputs == [-1, -1, 1, 1, 0, 1.0 / 3, 1, 1])
  }

  @Test func digitsAreImagesFromZeroToOne() throws {
    let digits = try load("digits")
    #expect(digits.count == 1797)
    #expect(digits.shape == Shape(1, 8, 8))
    #expect(digits.inputs.min() == 0 && digits.inputs.max() == 1)
    #expect(digits.classNames == (0...9).map(String.init))
    #expect(try load("digits", ["samples": .integer(10)]).inputs.count == 640)
  }

  @Test func quotedFieldsHoldCommasQuotesAndLines() throws {
    let table = try CSVTable(
      Array("\u{FEFF}a,\"b, c\",d\r\n1,\"x \"\"y\"\"\nz\", 3 \r\n\r\n4,,6".utf8))
    #expect(table.header == ["a", "b, c", "d"])
    #expect(table.rows.map(\.fields) == [["1", "x \"y\"\nz", "3"], ["4", "", "6"]])
    #expect(table.rows.map(\.line) == [2, 5])
  }

  @Test func aTableSaysWhereItIsBroken() throws {
    #expect(try mistake("") == "t.csv: the file is empty")
    #expect(try mistake("a,b\n") == "t.csv, line 1: no line follows the names")
    #expect(try mistake("a,a\n1,2") == "t.csv, line 1: columns 1 and 2 are both named `a`")
    #expect(
      try mistake("a,b\n1,2\n3\n")
        == "t.csv, line 3: 1 fields, but the first line names 2 columns")
    #expect(
      try mistake("a,b\n1,2\nx,3\n") == "t.csv, line 3: column 1 (`a`): `x` is not a number")
    #expect(try mistake("a,b\n,2\n") == "t.csv, line 2: column 1 (`a`): the number is missing")
    #expect(try mistake("a,b\n1,\"2\n3") == "t.csv, line 2: column 2: the quote is never closed")
    #expect(try mistake("a,b\n1,\"2\"3") == "t.csv, line 2: column 2: text after the closing quote")
    #expect(
      try mistake("a,b\n1,2", ["target": .word("c")])
        == "t.csv, line 1: no column is named `c`, only `a`, `b`")
    #expect(try mistake("a,b\nnan,2").hasSuffix("`nan` is not a number"))
  }

  @Test func targetsAreClassesOrNumbersByWhatTheyLookLike() throws {
    func targets(_ column: [String], _ kind: TargetKind = .auto) throws -> Dataset.Targets {
      let text = "x,y\n" + column.map { "0,\($0)\n" }.joined()
      return try Dataset.table(CSVTable(Array(text.utf8)), named: "t", target: nil, kind: kind)
        .targets
    }
    #expect(try targets(["b", "a", "b"]) == .classes([1, 0, 1], names: ["a", "b"]))
    #expect(try targets(["2", "1", "3"]) == .classes([1, 0, 2], names: ["1", "2", "3"]))
    #expect(try targets(["5", "10"], .classes) == .classes([0, 1], names: ["5", "10"]))
    #expect(try targets(["5", "10"]) == .numbers([5, 10], columns: 1, names: ["y"]))
    #expect(try targets(["0.5", "1"]) == .numbers([0.5, 1], columns: 1, names: ["y"]))
    #expect(try targets(["0", "1"], .numbers) == .numbers([0, 1], columns: 1, names: ["y"]))
  }

  @Test func archivesOfNumPyAreReadStoredAndDeflated() throws {
    let stored = try load("npz", ["path": .word("stored.npz")])
    #expect(stored.count == 6 && stored.shape == Shape(4))
    #expect(stored.inputs == (0..<24).map { Float($0) / 4 })
    #expect(stored.targets == .classes([0, 1, 2, 0, 1, 2], names: ["0", "1", "2"]))
    let deflated = try load("npz", ["path": .word("deflated.npz")])
    #expect(deflated.count == 300)
    #expect(Array(deflated.inputs[..<24]) == stored.inputs)
    #expect(Array(deflated.inputs.suffix(24)) == stored.inputs)
    #expect(throws: EngineError.self) {
      try load("npz", ["path": .word("stored.npz"), "data": .word("z")])
    }
  }

  @Test func arraysInFortransOrderAndOfSixteenBitsAreRead() throws {
    let fortran = try NumPyArray(Self.fixture("fortran.npy"))
    #expect(fortran.shape == [2, 3] && fortran.values == [0, 1, 2, 3, 4, 5])
    let half = try NumPyArray(Self.fixture("half.npy"))
    #expect(half.values == [0, 1, -2.5, 65504, 0x1p-24, 0.333251953125])
  }

  @Test func packedImagesBecomeNumbersFromZeroToOne() throws {
    let set = try load(
      "idx", ["images": .word("images.idx3.gz"), "labels": .word("labels.idx1")])
    #expect(set.shape == Shape(1, 4, 5) && set.count == 3)
    #expect(set.inputs == (0..<60).map { Float(Double($0 * 4) / 255) })
    #expect(set.targets == .classes([2, 0, 1], names: ["0", "1", "2"]))
  }

  @Test func aMissingFileIsNamed() throws {
    let term = try Registry.term(.dataset, "iris")
    #expect(
      throws: EngineError.file(path: "data/iris.csv", place: nil, problem: "there is no such file")
    ) {
      try Dataset.load(term, seed: 1, files: { _ in nil })
    }
    #expect(Engine.paths(of: term) == ["data/iris.csv"])
  }

  /// Every prefix and many single changed bytes: an error or a value, never a crash.
  @Test(arguments: ["stored.npz", "deflated.npz", "fortran.npy", "images.idx3.gz", "labels.idx1"])
  func brokenFilesDoNotCrash(name: String) throws {
    let good = try Self.fixture(name)
    func read(_ bytes: [UInt8]) throws(DataFileError) {
      let bytes = try gunzipped(bytes)
      if name.hasSuffix("npz") {
        let archive = try ZipArchive(bytes)
        for member in archive.members { _ = try NumPyArray(archive.contents(of: member)) }
      } else if name.hasSuffix("npy") {
        _ = try NumPyArray(bytes)
      } else {
        _ = try IDXFile(bytes)
      }
    }
    try read(good)
    for length in 0..<good.count {
      #expect(throws: DataFileError.self, "\(length) bytes") { try read(Array(good[..<length])) }
    }
    for place in good.indices {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var bytes = good
        bytes[place] ^= change
        try? read(bytes)
      }
    }
  }

  @Test func declaredSizesAreNotBelieved() {
    // 2³¹·2³¹ numbers in a header of sixteen bytes.
    let huge: [UInt8] = [0, 0, 0x0E, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]
    #expect(throws: DataFileError.self) { try IDXFile(huge) }
    func npy(_ header: String) -> [UInt8] {
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
    }
    for shape in ["(9223372036854775807,)", "(-1,)", "(4294967296, 4294967296)", "(3,", "x"] {
      #expect(throws: DataFileError.self, "\(shape)") {
        try NumPyArray(npy("{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"))
      }
    }
    #expect(throws: DataFileError.self) {
      try NumPyArray(npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"))
    }
  }

  @Test func weightsSurviveSafetensors() throws {
    let weights = Safetensors([
      "layer \"0\"": .init(shape: [2, 3], values: [1, -2, 0.5, 0x1p-149, 3e38, -0.0]),
      "bias": .init(shape: [1], values: [0.25]), "none": .init(shape: [0, 4], values: []),
    ])
    let bytes = weights.bytes()
    #expect(bytes == weights.bytes())
    #expect(
      try Safetensors(reading: bytes, path: "w").tensors["layer \"0\""]?.values
        == [1, -2, 0.5, 0x1p-149, Double(Float(3e38)), 0])
    #expect(try Safetensors(reading: weights.bytes(asDouble: true), path: "w") == weights)
    for length in 0..<bytes.count {
      #expect(throws: EngineError.self) {
        try Safetensors(reading: Array(bytes[..<length]), path: "w")
      }
    }
  }
}
