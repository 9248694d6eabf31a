// swift-tools-version: 6.3
import PackageDescription

/// The settings of every Swift target.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// The settings of targets that compute or parse: `swift run` builds in debug mode, in which they
/// would be fifty times slower without optimization.
let optimized: [SwiftSetting] = strict + [.unsafeFlags(["-O"])]

let libm: [LinkerSetting] = [.linkedLibrary("m", .when(platforms: [.linux]))]

/// The folder of a target's sources.
func sources(of name: String, under group: String?) -> String {
  ["Sources", group, name].compactMap(\.self).joined(separator: "/")
}

/// A target in `Sources` that links only what `dependencies` lists.
func room(
  _ name: String, under group: String? = nil, _ dependencies: [Target.Dependency] = [],
  settings: [SwiftSetting] = optimized, plugins: [Target.PluginUsage] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: sources(of: name, under: group),
    swiftSettings: settings, linkerSettings: libm, plugins: plugins)
}

func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: optimized)
}

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
  name: "sitegen",
  platforms: [.macOS(.v26)],
  products: [.executable(name: "sitegen", targets: ["sitegen"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // The engine: tensors, networks and their training.
    .target(
      // Each file in `Tables` includes those in `Bodies`.
      name: "CKernels", path: sources(of: "CKernels", under: "Engine"),
      exclude: ["Bodies", "KERNELS.md"],
      cSettings: [.unsafeFlags(["-O3", "-std=c17", "-ffp-contract=off"])],
      linkerSettings: libm),
    room("Tensors", under: "Engine", ["CKernels"]),
    .systemLibrary(
      name: "CZlib", path: sources(of: "CZlib", under: "Foundations"), pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"])]),
    room("NeuralNetworks", under: "Engine", ["CZlib", "Tensors"]),

    // Foundations: diagnostics, text formats, localization and storage.
    room("Diagnostics", under: "Foundations"),
    room("PositionedYAML", under: "Foundations", ["Diagnostics", yams]),
    room("DecimalText", under: "Foundations"),
    room("JSON", under: "Foundations", ["DecimalText"]),
    room("Localization", under: "Foundations", settings: strict),
    room("Markup", under: "Foundations"),
    .systemLibrary(
      name: "CGcrypt", path: sources(of: "CGcrypt", under: "Foundations"), pkgConfig: "libgcrypt",
      providers: [.apt(["libgcrypt20-dev"])]),
    .target(name: "CFileSystem", path: sources(of: "CFileSystem", under: "Foundations")),
    room(
      "Storage", under: "Foundations",
      ["CFileSystem", .target(name: "CGcrypt", condition: .when(platforms: [.linux]))]),

    // Documents, experiments and sites.
    // Embeds style sheets, scripts and templates as string literals.
    .executableTarget(
      name: "embed-text", path: sources(of: "embed-text", under: "Foundations"),
      swiftSettings: strict),
    .plugin(name: "EmbedText", capability: .buildTool(), dependencies: ["embed-text"]),
    room("Charts", ["DecimalText", "Localization", "Markup"], plugins: ["EmbedText"]),
    .systemLibrary(
      name: "CCMark", path: sources(of: "CCMark", under: "Documents"), pkgConfig: "libcmark",
      providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    room("Markdown", under: "Documents", ["CCMark", "Diagnostics", "Localization", "Markup"]),
    // JavaScriptCore is loaded on first use rather than linked.
    .target(
      name: "CJavaScriptCore", path: sources(of: "CJavaScriptCore", under: "Documents"),
      linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    room(
      "Typesetting", under: "Documents", ["CJavaScriptCore", "Diagnostics", "Markup", "Storage"]),
    // Computes the digest of the engine's sources, which is part of the key of cached results.
    .executableTarget(
      name: "engine-digest", dependencies: ["Storage"],
      path: sources(of: "engine-digest", under: "Foundations"), swiftSettings: strict),
    .plugin(
      name: "EngineDigest", capability: .buildTool(), dependencies: ["engine-digest"]),
    room(
      "Experiments",
      [
        "Charts", "DecimalText", "Diagnostics", "JSON", "Localization", "Markup", "NeuralNetworks",
        "PositionedYAML", "Storage",
      ],
      plugins: ["EngineDigest"]),
    // The templates of this project's own site are the default for sites without their own.
    .target(name: "Theme", path: "templates", swiftSettings: strict, plugins: ["EmbedText"]),
    room(
      "Site",
      [
        "Charts", "DecimalText", "Diagnostics", "Experiments", "JSON", "Localization", "Markdown",
        "Markup", "PositionedYAML", "Storage", "Theme", "Typesetting", mustache,
      ]
    ),
    room(
      "Preview", ["DecimalText", "Diagnostics", "JSON", "Markup", "Site", "Storage", subprocess],
      settings: strict),
    room("Publishing", ["Site", "Storage", subprocess], settings: strict),
    .executableTarget(
      name: "sitegen",
      dependencies: [
        "DecimalText", "Diagnostics", "Experiments", "Markup", "Preview", "Publishing", "Site",
        "Storage", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "sitegen-bench",
      dependencies: [
        "Charts", "DecimalText", "Diagnostics", "Experiments", "Markdown", "Markup",
        "NeuralNetworks", "Site", "Storage", "Tensors", "sitegen-xor", argumentParser,
      ],
      path: "Tests/Benchmarks", exclude: ["XOR"], swiftSettings: optimized),
    // The engine alone in a process, which the benchmark times.
    .executableTarget(
      name: "sitegen-xor", dependencies: ["NeuralNetworks"], path: "Tests/Benchmarks/XOR",
      swiftSettings: optimized, linkerSettings: libm),

    // Unusual inputs for everything that parses.
    .target(
      name: "Fuzzing",
      dependencies: [
        "Diagnostics", "Experiments", "JSON", "Markdown", "NeuralNetworks", "Preview", "Site",
        "Storage", "Typesetting",
      ],
      path: "Tests/Fuzz/Fuzzing", swiftSettings: optimized),
    .executableTarget(
      name: "sitegen-fuzz", dependencies: ["Fuzzing", "Storage", argumentParser],
      path: "Tests/Fuzz/Command", swiftSettings: optimized),

    // Runs short trainings natively; the engine as WebAssembly must print the same lines.
    .executableTarget(
      name: "engine-trainings", dependencies: ["NeuralNetworks"], path: "Tests/WebAssembly",
      exclude: ["Exports.swift", "arithmetic.c", "run", "run.mjs"], swiftSettings: optimized,
      linkerSettings: libm),

    .target(
      name: "TestSupport", dependencies: ["Storage"], path: "Tests/Support",
      swiftSettings: optimized),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .target(name: "ChildUsage", path: "Tests/ChildUsage", exclude: ["Command"]),
    .executableTarget(
      name: "child-usage", dependencies: ["ChildUsage"], path: "Tests/ChildUsage/Command",
      swiftSettings: strict),
    tests(of: "Diagnostics", ["Diagnostics"]),
    tests(of: "PositionedYAML", ["Diagnostics", "PositionedYAML"]),
    tests(of: "DecimalText", ["DecimalText"]),
    tests(of: "JSON", ["JSON"]),
    tests(of: "Localization", ["Localization", "TestSupport"]),
    tests(of: "Markup", ["Markup"]),
    tests(of: "Storage", ["Storage"]),
    tests(of: "Tensors", ["Tensors"]),
    tests(
      of: "NeuralNetworks",
      ["AllocationCounter", "NeuralNetworks", "Storage", "Tensors", "TestSupport"]),
    tests(of: "Charts", ["Charts", "DecimalText", "Markup", "Storage", "TestSupport"]),
    tests(of: "Markdown", ["Diagnostics", "Localization", "Markdown", "TestSupport"]),
    tests(of: "Typesetting", ["Diagnostics", "Storage", "Typesetting", "TestSupport"]),
    tests(
      of: "Experiments",
      [
        "Charts", "DecimalText", "Diagnostics", "Experiments", "JSON", "NeuralNetworks", "Storage",
        "TestSupport", "engine-digest", yams,
      ]),
    tests(
      of: "Site",
      [
        "Diagnostics", "Experiments", "JSON", "Markdown", "Markup", "Site", "Storage",
        "TestSupport", "child-usage", "sitegen",
      ]),
    tests(of: "Preview", ["Diagnostics", "Preview", "Site", "Storage", "TestSupport", "sitegen"]),
    // The tests also run the fuzzer itself.
    tests(of: "Fuzzing", ["Diagnostics", "Fuzzing", "Storage", "TestSupport", "sitegen-fuzz"]),
    tests(of: "Publishing", ["Publishing", "Storage", subprocess]),
  ],
  swiftLanguageModes: [.v6]
)
