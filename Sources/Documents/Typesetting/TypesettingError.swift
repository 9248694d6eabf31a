package import Storage

/// Why typesetting is not possible on this machine.
package enum TypesettingError: Error, Hashable, Sendable {
  /// A file of KaTeX or highlight.js is missing or cannot be read.
  case missingAsset(FileError, package: String)
  /// A file exists but is not the expected script.
  case brokenAsset(path: String, reason: String)
  /// JavaScriptCore, which runs both scripts, cannot be loaded.
  case missingLibrary(reason: String)

  /// A plain sentence, in lower case and without a full stop, and what to do about it.
  package var explanation: (message: String, hint: String) {
    switch self {
    case .missingAsset(let error, let package):
      (error.explanation.message, "install it: apt-get install \(package)")
    case .brokenAsset(let path, let reason):
      ("`\(path)` does not run: \(reason)", "install its package again")
    case .missingLibrary(let reason):
      (
        "formulas and code are set by JavaScriptCore, which cannot be loaded: \(reason)",
        "install it: apt-get install libjavascriptcoregtk-4.1-0"
      )
    }
  }
}
