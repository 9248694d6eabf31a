/// Builds a site: a function from its sources and settings to its files and the mistakes in the
/// sources.
package func build(
  _ sources: SourceTree, _ settings: BuildSettings, in environment: BuildEnvironment = .init()
) async -> SiteBuild {
  SiteBuild()
}
