import ArgumentParser
import DecimalText
import Site
import Storage

struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Show the size of the cache, or clear it.",
    discussion: """
      The cache can be deleted at any time: the next build computes what it needs again.
      """)

  @OptionGroup var site: SiteOptions

  @Flag(help: "Delete everything in the cache.")
  var clear = false

  func run() throws {
    let terminal = Terminal()
    do throws(FileError) {
      let cache = Cache(folder: try site.folders().cache)
      let usage = cache.usage()
      if clear { try cache.clear() }
      terminal.out(clear ? "cleared \(cache.folder)" : cache.folder)
      for kind in usage {
        let blank = String(repeating: " ", count: max(1, 14 - kind.namespace.count))
        let size = fixed(Double(kind.bytes) / 1e6, 1)
        terminal.out(
          "  \(kind.namespace)\(blank)\(kind.files) \(kind.files == 1 ? "file" : "files"), \(size) MB"
        )
      }
    } catch {
      terminal.show(error)
      throw ExitCode.failure
    }
  }
}
