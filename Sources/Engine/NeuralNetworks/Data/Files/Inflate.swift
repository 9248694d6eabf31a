import CZlib

/// Unpacks deflated data (RFC 1951) with zlib.
enum Inflate {
  /// The bytes packed in `range`. Bytes after the end of the data are ignored.
  ///
  /// - Parameter limit: The maximum number of bytes; more are an error. Memory grows with the
  ///   unpacked bytes, because a declared size may be wrong.
  static func unpack(
    _ bytes: [UInt8], _ range: Range<Int>, limit: Int
  ) throws(DataFileError) -> [UInt8] {
    var output: [UInt8] = []
    // Deflate compresses by a factor of at most 1032.
    output.reserveCapacity(min(limit, 1032 * range.count))
    let (problem, offset) = unpack(bytes, range, limit: limit, into: &output)
    guard let problem else { return output }
    throw DataFileError(.offset(offset), "broken compressed data: \(problem)")
  }

  /// - Returns: The problem with the data, nil if there is none, and its offset.
  private static func unpack(
    _ bytes: [UInt8], _ range: Range<Int>, limit: Int, into output: inout [UInt8]
  ) -> (problem: String?, offset: Int) {
    var stream = unsafe z_stream()
    // Negative: without the header and the check sum of the zlib format.
    guard
      unsafe inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return ("zlib does not start", range.lowerBound) }
    defer { unsafe inflateEnd(&stream) }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    return unsafe bytes.withUnsafeBufferPointer { input -> (problem: String?, offset: Int) in
      var next = range.lowerBound
      while true {
        let given = min(range.upperBound - next, 1 << 30)
        // One byte more than allowed shows that there is more.
        let wanted = min(chunk.count - 1, limit - output.count) + 1
        unsafe stream.next_in = unsafe UnsafeMutablePointer(
          mutating: input.baseAddress?.advanced(by: next))
        unsafe stream.avail_in = UInt32(given)
        let status = unsafe chunk.withUnsafeMutableBufferPointer { buffer -> Int32 in
          unsafe stream.next_out = buffer.baseAddress
          unsafe stream.avail_out = UInt32(wanted)
          return unsafe inflate(&stream, Z_NO_FLUSH)
        }
        next += given - Int(unsafe stream.avail_in)
        output += chunk[..<(wanted - Int(unsafe stream.avail_out))]
        if output.count > limit { return ("more than the \(limit) bytes that it should be", next) }
        switch status {
        case Z_STREAM_END: return (nil, next)
        case Z_OK: continue
        case Z_BUF_ERROR: return ("it ends too early", next)
        case Z_MEM_ERROR: return ("zlib has no memory for it", next)
        default:
          let message = unsafe stream.msg.map { unsafe String(cString: $0) }
          return (message ?? "it cannot be read", next)
        }
      }
    }
  }
}

/// The check sum of zip and gzip (CRC-32, polynomial 0xEDB88320).
func checkSum(_ bytes: [UInt8]) -> UInt32 {
  unsafe bytes.withUnsafeBufferPointer { buffer in
    UInt32(unsafe crc32_z(0, buffer.baseAddress, buffer.count))
  }
}
