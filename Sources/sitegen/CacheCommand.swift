import ArgumentParser
import DecimalText
import Site
import Storage

struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Show what the cache holds, or clear it.",
    discussion: """
      Nothing is lost with the cache but time: the next build computes again what it needs.
      """)

  @OptionGroup var site: SiteOptions

  @Flag(help: "Remove everything.")
  var clear = false

  func run() throws {
    let terminal = Terminal()
    do throws(FileError) {
      let cache = Cache(folder: try site.folders().cache)
      let usage = cache.usage()
      if clear { try cache.clear() }
      terminal.out(clear ? "cleared \(cache.folder)" : cache.folder)
      for room in usage {
        let blank = String(repeating: " ", count: max(1, 14 - room.namespace.count))
        let size = fixed(Double(room.bytes) / 1e6, 1)
        terminal.out(
          "  \(room.namespace)\(blank)\(room.files) \(room.files == 1 ? "file" : "files"), \(size) MB"
        )
      }
    } catch {
      terminal.show(error)
      throw ExitCode.failure
    }
  }
}
