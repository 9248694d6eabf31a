/// The templates, style sheets and scripts of this folder, as every site has them that lacks its own.
package enum Theme {
  /// The files' texts by their paths from the folder, ordered by path.
  package static var files: [(path: String, text: String)] { EmbeddedText.files }
}
