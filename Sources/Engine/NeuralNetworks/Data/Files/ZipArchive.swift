/// The members of a zip file, stored or deflated, as NumPy writes them.
///
/// - Source: PKWARE, *APPNOTE.TXT*, §4.3; sizes above 32 bits from the zip64 field.
struct ZipArchive {
  struct Member {
    var name: String
    var method: UInt64
    var check: UInt64
    var packedSize: UInt64
    var size: UInt64
    var headerOffset: UInt64
  }

  let bytes: [UInt8]
  private(set) var members: [Member] = []

  init(_ bytes: [UInt8]) throws(DataFileError) {
    self.bytes = bytes
    var end = ByteReader(bytes)
    try end.move(to: UInt64(try Self.endOfDirectory(bytes)) + 10, "the directory")
    let count = try end.little(2, "the directory")
    _ = try end.take(4, "the directory")
    var reader = ByteReader(bytes)
    try reader.move(to: try end.little(4, "the directory"), "the directory")
    for _ in 0..<count { members.append(try Self.member(&reader)) }
  }

  /// The end record is last, before a comment of at most 65,535 bytes.
  private static func endOfDirectory(_ bytes: [UInt8]) throws(DataFileError) -> Int {
    var place = bytes.count - 22
    while place >= max(0, bytes.count - 65_557) {
      if bytes[place] == 0x50, bytes[place + 1] == 0x4B, bytes[place + 2] == 5,
        bytes[place + 3] == 6
      {
        return place
      }
      place -= 1
    }
    throw DataFileError(nil, "this is not a zip archive, or it was cut off")
  }

  private static func member(_ reader: inout ByteReader) throws(DataFileError) -> Member {
    let what = "the archive's directory"
    let start = reader.offset
    guard try reader.little(4, what) == 0x0201_4B50 else {
      throw DataFileError(.offset(start), "no entry where the archive's directory should have one")
    }
    _ = try reader.take(6, what)
    let method = try reader.little(2, what)
    _ = try reader.take(4, what)
    let check = try reader.little(4, what)
    var packedSize = try reader.little(4, what)
    var size = try reader.little(4, what)
    let nameCount = Int(try reader.little(2, what))
    let extraCount = Int(try reader.little(2, what))
    let commentCount = Int(try reader.little(2, what))
    _ = try reader.take(8, what)
    var headerOffset = try reader.little(4, what)
    let name = String(decoding: reader.bytes[try reader.take(nameCount, what)], as: UTF8.self)
    let extra = try reader.take(extraCount, what)
    _ = try reader.take(commentCount, what)

    var fields = ByteReader(Array(reader.bytes[extra]))
    while fields.rest >= 4 {
      let id = try fields.little(2, what)
      let length = Int(try fields.little(2, what))
      let content = try fields.take(min(length, fields.rest), what)
      guard id == 1 else { continue }
      // Only the numbers that did not fit into 32 bits are there, in this order.
      var long = ByteReader(Array(fields.bytes[content]))
      if size == 0xFFFF_FFFF { size = try long.little(8, what) }
      if packedSize == 0xFFFF_FFFF { packedSize = try long.little(8, what) }
      if headerOffset == 0xFFFF_FFFF { headerOffset = try long.little(8, what) }
    }
    return Member(
      name: name, method: method, check: check, packedSize: packedSize, size: size,
      headerOffset: headerOffset)
  }

  /// A member's bytes, unpacked and checked.
  func contents(of member: Member) throws(DataFileError) -> [UInt8] {
    var reader = ByteReader(bytes)
    try reader.move(to: member.headerOffset, "`\(member.name)`")
    let what = "the header of `\(member.name)`"
    guard try reader.little(4, what) == 0x0403_4B50 else {
      throw DataFileError(.offset(Int(member.headerOffset)), "`\(member.name)` does not begin here")
    }
    _ = try reader.take(22, what)
    let nameCount = Int(try reader.little(2, what))
    let extraCount = Int(try reader.little(2, what))
    _ = try reader.take(nameCount + extraCount, what)
    let packed = try reader.take(
      Int(clamping: member.packedSize), "`\(member.name)`")
    try ReadingLimits.check(unpacked: member.size, packed.lowerBound)
    let output: [UInt8]
    switch member.method {
    case 0: output = Array(bytes[packed])
    case 8: output = try Inflate.unpack(bytes, packed, limit: Int(clamping: member.size))
    default:
      throw DataFileError(
        .offset(packed.lowerBound),
        "`\(member.name)` is packed by method \(member.method): only stored and deflated are read")
    }
    guard UInt64(output.count) == member.size, UInt64(checkSum(output)) == member.check else {
      throw DataFileError(
        .offset(packed.lowerBound), "`\(member.name)` is damaged: its check sum is wrong")
    }
    return output
  }
}
