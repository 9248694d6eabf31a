import Markup
import Diagnostics
import Foundation
import Storage
import TestSupport
import Testing

@testable import Site

@Suite struct RepositoryTests {
  /// `site/` is the golden file of the whole system: every page, figure and number that the sources
  /// in `content/` give, byte for byte, and nothing else.
  @Test func theCommittedSiteIsWhatTheSourcesGive() async throws {
    let folders = try SiteFolders(root: Repository.root)
    let sources = SourceTree(reading: folders)
    let site = await build(
      sources, BuildSettings(jobs: ProcessInfo.processInfo.activeProcessorCount))
    #expect(site.diagnostics.map(\.message) == [])
    let changes = try OutputFolder(folders).changes(toward: site.output, from: sources)
    #expect(changes.isEmpty, "sitegen build gives another site: \(changes)")
    #expect(try left(in: folders.output, site) == [])
  }

  private func left(in folder: String, _ site: SiteBuild) throws -> [String] {
    var unknown: [String] = []
    func walk(_ path: String) throws {
      for entry in try FileSystem.list(folder + "/" + path) {
        let below = path.isEmpty ? entry.name : path + "/" + entry.name
        if entry.kind == .folder {
          try walk(below)
        } else if site.output[below] == nil, below != ".sitegen-files" {
          unknown.append(below)
        }
      }
    }
    try walk("")
    return unknown
  }

  /// A real note, as its author wrote it for Jekyll. It is not part of this repository.
  @Test(.enabled(if: FileSystem.stamp(note) != nil)) func aRealNoteIsBuiltUnchanged() async throws {
    let bytes = try FileSystem.read(Self.note)
    let sources = SourceTree(["deep-learning-2.md": bytes])
    let site = await build(sources, BuildSettings())
    let ids = Set(site.diagnostics.map(\.id.rawValue))
    #expect(ids == ["link.missing-image"])
    #expect(site.diagnostics.count == 9)
    guard case .bytes(let page) = site.output["deep-learning-2/index.html"] else {
      Issue.record("the note has no page")
      return
    }
    let html = String(decoding: page, as: UTF8.self)
    #expect(html.contains("<title>深度学习（二）——神经元激活函数</title>"))
    #expect(html.split(separator: "class=\"katex\"").count - 1 >= 29)
    for heading in ["BP算法", "链式法则", "随机初始化", "BP算法的缺点", "参考", "神经元激活函数", "稀疏性"] {
      #expect(html.contains("href=\"#\(PercentEncoding.encoded(heading.lowercased()))\""))
    }
    #expect(html.contains("href=\"https://zhuanlan.zhihu.com/p/25202034\""))
    #expect(html.contains("<strong>随机初始化</strong>"))
  }

  private static let note = Repository.root + "/../shared/notes/deep-learning-2.md"
}
