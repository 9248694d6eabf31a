package import Diagnostics
package import Experiments
import Markdown
package import Storage

/// The nn blocks of one article, for commands that run them without a build.
package struct ArticleBlocks: Sendable {
  /// The page's name in inline values and result files.
  package let page: String
  /// The file of the article.
  package let file: SourceFile
  /// The blocks in the order of the article.
  package let blocks: [NNBlock]
  /// The site's settings for blocks.
  package let settings: ExperimentSettings
  /// The data files that blocks may read.
  package let data: DataFiles

  /// - Parameters:
  ///   - name: A path from the root, `content/guide/relu.md`, or the page's name, `guide/relu`.
  /// - Throws: `FileError.notFound` when no article has the name, or an error of reading the files.
  package init(_ name: String, in sources: SourceTree) throws(FileError) {
    var ignored: [Diagnostic] = []
    let configuration = Self.configuration(of: sources)
    let discovery = try Discovery(sources, configuration, diagnostics: &ignored)
    let path = discovery.articles.first { path in
      let content = discovery.contentPath(path)
      return path == name || content == name || content == name + ".md"
        || content == name + ".markdown"
    }
    guard let path else { throw .notFound(path: name) }
    let file = SourceFile(path: path, bytes: try sources.read(path))
    let article = Article.read(
      file, contentPath: discovery.contentPath(path), configuration, diagnostics: &ignored)
    self.init(article, settings: configuration.experiments, data: DataFiles(sources, discovery))
  }

  /// The settings and data files for a block that is not in an article of the site.
  package static func surroundings(
    in sources: SourceTree
  ) throws(FileError) -> (settings: ExperimentSettings, data: DataFiles) {
    var ignored: [Diagnostic] = []
    let configuration = configuration(of: sources)
    let discovery = try Discovery(sources, configuration, diagnostics: &ignored)
    return (configuration.experiments, DataFiles(sources, discovery))
  }

  private static func configuration(of sources: SourceTree) -> Configuration {
    var ignored: [Diagnostic] = []
    guard let file = sources.sourceFile(Configuration.path) else { return Configuration() }
    return Configuration(reading: file, diagnostics: &ignored)
  }

  init(_ article: Article, settings: ExperimentSettings, data: DataFiles) {
    page = article.name
    file = article.file
    blocks = article.document.experiments.map {
      NNBlock(file: article.file, info: $0.info.range, body: $0.content)
    }
    self.settings = settings
    self.data = data
  }
}

extension DataFiles {
  /// The files of a site. A name is looked up in the content folder, as links are, and then in the
  /// root.
  init(_ sources: SourceTree, _ discovery: Discovery) {
    self.init(
      whereabouts: discovery.contentFolder.isEmpty
        ? "the site's folder" : "`\(discovery.contentFolder)/`, then the site's folder",
      names: { discovery.files.count <= 1000 ? discovery.files.map(discovery.contentPath) : [] }
    ) { path in
      Result { () throws(FileError) in
        guard let inside = RelativeURL.resolve(path, against: "") else {
          throw .outside(path: path, folder: discovery.contentFolder)
        }
        do throws(FileError) {
          return try sources.read(discovery.rootPath(inside), atMost: DataFiles.mostBytes)
        } catch .notFound {
          return try sources.read(inside, atMost: DataFiles.mostBytes)
        }
      }
    }
  }
}
