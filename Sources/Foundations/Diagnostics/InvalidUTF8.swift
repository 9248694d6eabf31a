extension [UInt8] {
  /// Replaces each byte of an invalid UTF-8 sequence with `byte`, so that offsets do not change.
  ///
  /// - Returns: The ranges of the invalid sequences, in order.
  package mutating func replaceInvalidUTF8(with byte: UInt8) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < count {
      do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: span.extracting(start..<count))
        break
      } catch {
        let range = start + error.byteOffsets.lowerBound..<start + error.byteOffsets.upperBound
        ranges.append(range)
        for index in range { self[index] = byte }
        start = range.upperBound
      }
    }
    return ranges
  }
}
