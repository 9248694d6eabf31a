/// The templates, style sheets and scripts of this folder, the defaults of sites that have none of
/// their own.
package enum Theme {
  /// The files' contents by their paths relative to the folder, sorted by path.
  package static var files: [(path: String, text: String)] { EmbeddedText.files }
}
