/// The limits for clients of the preview. They are values so that tests need not wait.
package struct HTTPLimits: Hashable, Sendable {
  /// The longest request line, without its line ending.
  package var requestLineBytes = 8 << 10
  /// All header lines together, with their line endings.
  package var headerBytes = 64 << 10
  /// The time from the first byte of a request to the end of its headers, however slowly the bytes
  /// arrive.
  package var headTime = Duration.seconds(10)
  /// How long a connection may stay open without a request.
  package var idleTime = Duration.seconds(30)
  /// How long a client may take none of an answer's bytes.
  package var writeTime = Duration.seconds(30)
  /// How long a request for news waits before it is answered without any.
  package var newsTime = Duration.seconds(8)
  /// How many connections may be open at once.
  package var connections = 128

  package init() {}
}
