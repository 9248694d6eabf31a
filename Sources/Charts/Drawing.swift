/// What a chart must know of the figure around it.
package struct DrawingContext: Sendable {
  var id: String
}

/// A panel drawn.
package struct Drawing: Sendable {
  var svg: [UInt8] = []
}
