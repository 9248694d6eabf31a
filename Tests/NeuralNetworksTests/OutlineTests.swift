import Testing

@testable import NeuralNetworks

/// The estimates for data sets and files before they are loaded.
@Suite struct OutlineTests {
  private static let noFiles: Engine.Files = { _ in nil }

  private static let terms: [(name: String, arguments: [String: Argument])] = [
    ("xor", [:]), ("parity", ["bits": .integer(5)]), ("moons", ["samples": .integer(31)]),
    ("circles", [:]), ("spirals", ["classes": .integer(5)]),
    ("blobs", ["classes": .integer(4), "features": .integer(12)]),
    ("checkerboard", ["samples": .integer(9)]), ("linear", [:]),
    ("linear", ["features": .integer(3)]), ("sine", [:]), ("friedman", [:]),
    ("noise", ["samples": .integer(17), "features": .integer(9), "classes": .integer(6)]),
    ("copy", ["samples": .integer(8), "length": .integer(3)]),
    ("values", ["x": .numbers([1, 2, 3, 4]), "y": .numbers([0, 1]), "features": .integer(2)]),
  ]

  /// Every generated data set is among `terms`, whose outlines are compared below.
  @Test func everySetThatIsMadeIsCompared() {
    let made = Set(Self.terms.map(\.name))
    for entry in Registry.datasets where !made.contains(entry.name) {
      #expect(["iris", "digits", "csv", "npy", "npz", "idx"].contains(entry.name), "\(entry.name)")
    }
  }

  @Test func anOutlineIsThatOfTheSamplesMade() throws {
    for (name, arguments) in Self.terms {
      let term = try Registry.term(.dataset, name, arguments)
      var said = try Dataset.outline(of: term, files: Self.noFiles)
      var made = try Dataset.load(term, seed: 3, files: Self.noFiles).outline
      #expect(said.bytes.value >= 0.3 * made.bytes.value, "\(name)")
      #expect(said.targetDescription == made.targetDescription)
      (said.operations, said.bytes, made.operations, made.bytes) = (0, 0, 0, 0)
      #expect(said == made, "\(name)")
    }
  }

  @Test func aQuantitySaturates() {
    let huge = Quantity(Int.max) * Quantity(Int.max)
    #expect(huge == .maximum)
    #expect(huge * huge + huge == .maximum)
    #expect(huge.integer == .max)
    #expect(Quantity(-1) == 0)
    #expect(Quantity(Double.nan) == .maximum)
    #expect(Quantity(Double.infinity) == .maximum)
    #expect(Quantity(3).divided(by: 0) == .maximum)
    #expect([Quantity(2), 3].sum == 5)
    #expect(Shape(1 << 40, 1 << 40).quantity.value == 0x1p80)
  }

  // MARK: - Files

  /// A gzip file of zeros: one zero, and copies of 258 of it, thirteen bits each.
  private static func bomb(copies: Int, declaring size: UInt32) -> [UInt8] {
    var bits: [Bool] = [true, true, false]
    func add(_ code: Int, _ count: Int) {
      for place in (0..<count).reversed() { bits.append(code >> place & 1 == 1) }
    }
    add(0b0011_0000, 8)
    for _ in 0..<copies {
      add(0b1100_0101, 8)
      add(0, 5)
    }
    add(0, 7)
    var packed = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
    for (index, bit) in bits.enumerated() where bit { packed[index / 8] |= 1 << (index % 8) }
    let sum = checkSum([UInt8](repeating: 0, count: 1 + 258 * copies))
    func little(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + packed + little(sum) + little(size)
  }

  @Test func aFileUnpacksToWhatItDeclaresAndToNoMore() throws {
    let copies = 100
    let size = 1 + 258 * copies
    #expect(try gunzipped(Self.bomb(copies: copies, declaring: UInt32(size))).count == size)
    #expect(throws: DataFileError.self) {
      try gunzipped(Self.bomb(copies: copies, declaring: UInt32(size - 1)))
    }
    let declared = #expect(throws: DataFileError.self) {
      try gunzipped(Self.bomb(copies: copies, declaring: 4_000_000_000))
    }
    #expect(
      declared?.problem == "it would unpack to 4000 MB, and at most 512 MB are read")
  }

  @Test func numbersAreCountedBeforeTheyAreRead() {
    let bytes = [UInt8](repeating: 0, count: 16)
    var reader = ByteReader(bytes)
    let error = #expect(throws: DataFileError.self) {
      try reader.numbers(200_000_000, of: .unsigned(bytes: 1), bigEndian: false, "numbers")
    }
    #expect(error?.problem == "it holds 200000000 numbers, and at most 100000000 are read")
  }

  /// Each of a thousand tensors is the same megabyte.
  @Test func tensorsThatShareTheirBytesAreCountedEach() {
    let count = 200_000
    let entries = (0..<1000).map {
      #""t\#($0)":{"dtype":"U8","shape":[\#(count)],"data_offsets":[0,\#(count)]}"#
    }
    let header = Array("{\(entries.joined(separator: ","))}".utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    let file = length + header + [UInt8](repeating: 1, count: count)
    let error = #expect(throws: EngineError.self) { try Safetensors(reading: file, path: "w") }
    #expect("\(error!)".contains("at most 100000000 are read"))
  }
}
