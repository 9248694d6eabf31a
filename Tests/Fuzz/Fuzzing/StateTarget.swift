import Experiments
import Foundation
import Site
import Storage

/// A site whose cache and whose records of earlier builds come from someone else, as in a cloned
/// repository. The build must end, and must change nothing outside of the site.
///
/// The input is a list of what to damage, one per line, each with the seed of the damage. The
/// damaged files are those that a build has just written, so that they are in the current format.
enum StateTarget {
  private static let kinds = [
    "cache", "packed", "cloned", "state", "list", "result", "site", "link",
  ]

  static func input(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var lines: [String] = []
    for _ in 0..<1 + random.below(4) {
      lines.append("\(random.element(of: kinds)) \(random.next())")
    }
    return FuzzInput(Array(lines.joined(separator: "\n").utf8))
  }

  private static let files: [String: [UInt8]] = [
    "content/a.md": Array(
      """
      # A

      Let $$x^2$$ be.

      ```nn b
      train: [dense 3, tanh, dense 1]
      data: moons samples=40
      epochs: 2
      show: [loss, boundary, confusion, weights, gradients, summary, table]
      ```

      ```nn s
      signal: [dense 4, relu, dense 3]
      data: blobs samples=20
      show: [variance, outputs, table]
      ```

      ```nn t
      trace: [dense 2, sigmoid, dense 1]
      ```

      `nn b.loss %.3f`
      """.utf8)
  ]

  private static let victim = Array("do not touch\n".utf8)

  @Sendable static func run(
    _ input: FuzzInput, _ surroundings: FuzzTarget.Surroundings
  ) async -> [String] {
    let base = surroundings.scratch + "/state"
    do throws(FileError) {
      try FileSystem.removeTree(base)
      try FileSystem.makeFolder(base + "/root/content")
      try FileSystem.makeFolder(base + "/victim")
      try FileSystem.write(victim, to: base + "/victim/x")
      for (path, bytes) in files { try FileSystem.write(bytes, to: base + "/root/" + path) }
    } catch {
      return ["scratch: \(error)"]
    }
    defer { try? FileSystem.removeTree(base) }
    var faults = await buildAndWrite(base + "/root", isFirst: true)
    var kinds: Set<String> = []
    for line in input.text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let seed = UInt64(words[1]) else { continue }
      spoil(String(words[0]), seed, base + "/root")
      kinds.insert(String(words[0]))
    }
    // Only the program itself writes to a cache that was made in its place, so its contents are
    // used in pages. A cache that came from elsewhere must not be trusted at all.
    if kinds.contains("cloned") { copyCache(base + "/root/.sitegen/cache") }
    let isCacheSpoilt = kinds.contains("cache") || kinds.contains("packed")
    faults += await buildAndWrite(
      base + "/root", isFirst: false, isContentOurs: !isCacheSpoilt || kinds.contains("cloned"))
    if (try? FileSystem.read(base + "/victim/x")) != victim {
      faults.append("outside: a file beside the site's root was changed")
    }
    let entries = (try? FileSystem.list(base)) ?? []
    if Set(entries.map(\.name)) != ["root", "victim"] {
      faults.append("outside: \(entries.map(\.name)) lie beside the site's root")
    }
    return faults
  }

  private static func buildAndWrite(
    _ root: String, isFirst: Bool, isContentOurs: Bool = true
  ) async -> [String] {
    do throws(FileError) {
      let folders = try SiteFolders(root: root)
      let sources = SourceTree(reading: folders)
      let output = OutputFolder(folders)
      try output.recover()
      let cache = Cache.own(folders.cache)
      for isFrozen in isFirst ? [false] : [true, false] {
        let site = await Site.build(
          sources, BuildSettings(isFrozen: isFrozen),
          in: BuildEnvironment(cache: cache, committedResults: folders.committedResults))
        let faults = SiteChecks.check(
          site, sources, isEscaping: false, isContentOurs: isContentOurs)
        if !faults.isEmpty { return faults }
        if isFirst, site.hasErrors { return ["state: the site that is to be spoilt has mistakes"] }
        if !isFrozen, !site.hasErrors { try output.write(site.output, from: sources) }
      }
      return []
    } catch {
      // An error is acceptable, since it names what is in the way.
      return isFirst ? ["state: \(error)"] : []
    }
  }

  // MARK: Spoiling

  private static let words = Vocabulary([
    "../../victim/x", "../victim/x", "/etc/passwd", "..", "/", "\u{0}", "\n", "index.html", "site/",
    ".git/config", "a/../../../victim/x", "victim", "  ", "sitegen",
  ])

  private static func spoil(_ kind: String, _ seed: UInt64, _ root: String) {
    var mutator = Mutator(FuzzRandom(seed: seed))
    let state = root + "/.sitegen"
    switch kind {
    case "cloned":
      for kind in ["cache", "packed"] { spoil(kind, mutator.random.next(), root) }
    case "cache":
      change(state + "/cache", &mutator, where: { !$0.hasSuffix(".pack") }) { bytes, mutator in
        let payload = mutator.mutate(Array(bytes.dropFirst(32)), .json)
        return Digest(of: payload).bytes + payload
      }
    case "packed":
      change(state + "/cache", &mutator, where: { $0.hasSuffix(".pack") }) { bytes, mutator in
        repacked(bytes, &mutator, state + "/again.pack")
      }
    case "state":
      // Files like those that an interrupted build leaves, under current and former names.
      let name = mutator.random.element(of: [
        ".sitegen/site/plan", ".sitegen/site/manifest", ".sitegen/site/x", ".sitegen/site/new/x",
        "site/.sitegen-new/list", "site/.sitegen-new/files/index.html", "site/.sitegen-new",
      ])
      let hostile = Array("index.html\n../../victim/x\0../../victim/x\n../victim/x\0".utf8)
      let list = (try? FileSystem.read(root + "/site/.sitegen-files")) ?? []
      try? FileSystem.write(
        mutator.mutate(
          mutator.random.once(in: 2) ? hostile : list, words, others: [hostile, list]),
        to: root + "/" + name)
    case "list":
      change(root + "/site", &mutator, where: { $0.hasSuffix("/.sitegen-files") }) {
        $1.mutate($0, words)
      }
    case "link": link(root, &mutator)
    case "result":
      change(root + "/site/data", &mutator, where: { $0.hasSuffix(".json") }) {
        $1.mutate($0, .json)
      }
      try? FileSystem.removeTree(state + "/cache")
    default: change(root + "/site", &mutator, where: { _ in true }) { $1.mutate($0, .general) }
    }
  }

  /// Replaces a cache with a copy of it, as in a clone of a repository that contains one.
  private static func copyCache(_ cache: String) {
    let files = FileManager.default
    guard (try? files.copyItem(atPath: cache, toPath: cache + ".copy")) != nil else { return }
    try? FileSystem.removeTree(cache)
    try? files.moveItem(atPath: cache + ".copy", toPath: cache)
  }

  /// Replaces a file or a folder with a link that leads out of the root.
  private static func link(_ root: String, _ mutator: inout Mutator) {
    let places = files(below: root).flatMap { [$0, FileSystem.parent(of: $0)] }
    let known = [
      root + "/.sitegen", root + "/.sitegen/cache", root + "/.sitegen/site", root + "/site",
    ]
    let place = mutator.random.element(of: places.filter { $0 != root } + known)
    let target = mutator.random.element(of: ["../victim", "../../victim", "../../../victim"])
    try? FileSystem.removeTree(place)
    try? FileManager.default.createSymbolicLink(
      atPath: place, withDestinationPath: target + (mutator.random.once(in: 2) ? "/x" : ""))
  }

  /// Changes one of a folder's files.
  private static func change(
    _ folder: String, _ mutator: inout Mutator, where isWanted: (String) -> Bool,
    _ change: ([UInt8], inout Mutator) -> [UInt8]
  ) {
    let paths = files(below: folder).filter(isWanted)
    guard !paths.isEmpty else { return }
    let path = mutator.random.element(of: paths)
    guard let bytes = try? FileSystem.read(path) else { return }
    try? FileSystem.write(change(bytes, &mutator), to: path)
  }

  private static func files(below folder: String) -> [String] {
    let entries = ((try? FileSystem.list(folder)) ?? []).sorted { $0.name < $1.name }
    return entries.flatMap { entry -> [String] in
      switch entry.kind {
      case .folder: files(below: folder + "/" + entry.name)
      case .file: [folder + "/" + entry.name]
      default: []
      }
    }
  }

  /// A packed cache in which one result is changed and the checksum matches.
  ///
  /// The cache itself computes the checksum, for records with other keys. The checksum does not
  /// cover the keys, which are restored afterwards.
  private static func repacked(
    _ bytes: [UInt8], _ mutator: inout Mutator, _ scratch: String
  ) -> [UInt8] {
    var keys: [ArraySlice<UInt8>] = []
    var payloads: [[UInt8]] = []
    var offset = 8
    while offset + headerCount <= bytes.count {
      let start = offset + headerCount
      let count = (0..<4).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + 32 + $1]) }
      guard start + count <= bytes.count else { break }
      keys.append(bytes[offset..<offset + 32])
      payloads.append(Array(bytes[start..<start + count]))
      offset = start + count
    }
    guard !payloads.isEmpty else { return bytes }
    let place = mutator.random.below(payloads.count)
    payloads[place] = mutator.mutate(payloads[place], .json)
    defer { try? FileSystem.removeFile(scratch) }
    PackedCache(path: scratch).add(
      payloads.enumerated().map { (Digest(of: ["\($0)"]), $1) })
    guard var file = try? FileSystem.read(scratch) else { return bytes }
    offset = 8
    for (key, payload) in zip(keys, payloads) where offset + 32 <= file.count {
      file.replaceSubrange(offset..<offset + 32, with: key)
      offset += headerCount + payload.count
    }
    return file
  }

  /// The size of a record's key, length and checksum.
  private static let headerCount = 32 + 4 + 8
}
