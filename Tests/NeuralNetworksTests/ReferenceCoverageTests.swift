import Foundation
import TestSupport
import Testing

/// Every file and every part of the reference has a test: a new one without a test fails here.
///
/// The tests themselves go over all entries of a part and refuse a name that they do not know.
@Suite struct ReferenceCoverageTests {
  /// The parts of each file besides `about`: those with entries, and those that only explain.
  private static let parts: [String: (tested: Set<String>, notes: Set<String>)] = [
    "activations": (["scalar", "parametric", "vector"], ["derivative_convention"]),
    "initializers": (
      [
        "calculate_gain", "calculate_gain_leaky", "truncation", "shapes", "dirac", "sparse",
        "orthogonal",
      ], ["gain_note", "dirac_note", "sparse_note", "orthogonal_note", "properties"]
    ),
    "layers": (["cases"], []),
    "losses": (["cases"], []),
    "optimizers": (["function", "runs"], ["rules"]),
    "schedules": (["schedules"], ["epochs"]),
    "training": (["xor", "classifier", "cnn", "deep_tanh"], []),
    "worked_backprop": (
      [
        "W1", "b1", "W2", "b2", "x", "t", "lr", "z1", "a1", "z2", "a2", "variants",
      ], []
    ),
  ]

  @Test func everyFileHasTests() throws {
    let folder = Repository.data("SITEGEN_REFERENCE", "reference")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    #expect(!names.isEmpty)
    for name in names { #expect(Self.parts[name] != nil, "nothing tests \(name).json") }
  }

  @Test(arguments: parts.keys.sorted())
  func everyPartHasTests(name: String) throws {
    let parts = try #require(Self.parts[name])
    let file = try Reference.file(name)
    for key in file.keys where key != "about" {
      #expect(
        parts.tested.contains(key) || parts.notes.contains(key),
        "nothing tests \(key) of \(name).json")
    }
    for key in parts.tested {
      #expect(file.optional(key) != nil, "\(name).json lacks \(key)")
    }
  }
}
