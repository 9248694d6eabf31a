/// Why there is no preview.
package enum PreviewError: Error, Hashable, Sendable {
  case portInUse(UInt16)
  case portNotPermitted(UInt16)
  case server(reason: String)

  /// One plain sentence, in lower case and without a full stop, and what to do about it.
  package var explanation: (message: String, hint: String) {
    switch self {
    case .portInUse(let port):
      (
        "port \(port) is in use by another program",
        "choose another with --port \(port == .max ? port - 1 : port + 1), or any free one with --port 0"
      )
    case .portNotPermitted(let port):
      ("this user may not use port \(port)", "choose one above 1023 with --port")
    case .server(let reason):
      ("the preview's server ended: \(reason)", "start it again")
    }
  }
}
