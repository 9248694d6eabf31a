/// A file's bytes, unpacked where it is a gzip file.
///
/// - Source: RFC 1952, for files of one member.
func gunzipped(_ bytes: [UInt8]) throws(DataFileError) -> [UInt8] {
  guard bytes.count >= 18, bytes[0] == 0x1F, bytes[1] == 0x8B else { return bytes }
  var reader = ByteReader(bytes, at: 2)
  guard try reader.little(1, "the gzip header") == 8 else {
    throw DataFileError(.offset(2), "a gzip file that is not deflated")
  }
  let flags = try reader.little(1, "the gzip header")
  _ = try reader.take(6, "the gzip header")
  if flags & 4 != 0 {
    _ = try reader.take(Int(reader.little(2, "the gzip header")), "the gzip header")
  }
  for flag: UInt64 in [8, 16] where flags & flag != 0 {
    while try reader.little(1, "the gzip header") != 0 {}
  }
  if flags & 2 != 0 { _ = try reader.take(2, "the gzip header") }
  guard reader.rest >= 8 else {
    throw DataFileError(.offset(reader.offset), "the gzip file has no end")
  }
  let start = reader.offset
  // The declared size is checked before the file is unpacked, and then limits the unpacking.
  var size = ByteReader(bytes, at: bytes.count - 4)
  let declared = try size.little(4, "the size")
  try ReadingLimits.check(unpacked: declared, bytes.count - 4)
  let output = try Inflate.unpack(bytes, start..<bytes.count - 8, limit: Int(declared))
  var trailer = ByteReader(bytes, at: bytes.count - 8)
  guard try trailer.little(4, "the check sum") == UInt64(checkSum(output)) else {
    throw DataFileError(.offset(bytes.count - 8), "the gzip file's check sum is wrong")
  }
  return output
}
