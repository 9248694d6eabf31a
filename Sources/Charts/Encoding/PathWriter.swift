/// Path data in relative integer units, without characters that a parser does not need.
struct PathWriter: Sendable {
  private(set) var bytes: [UInt8] = []
  private var x = 0
  private var y = 0
  private var command: UInt8 = 0

  var isEmpty: Bool { bytes.isEmpty }

  mutating func move(to newX: Int, _ newY: Int) {
    begin(UInt8(ascii: "m"))
    append(newX - x)
    append(newY - y)
    command = UInt8(ascii: "l")  // how pairs after a move are read
    (x, y) = (newX, newY)
  }

  mutating func line(to newX: Int, _ newY: Int) {
    let dx = newX - x
    let dy = newY - y
    if dx == 0 && dy == 0 { return }
    if dy == 0 {
      begin(UInt8(ascii: "h"))
      append(dx)
    } else if dx == 0 {
      begin(UInt8(ascii: "v"))
      append(dy)
    } else {
      begin(UInt8(ascii: "l"))
      append(dx)
      append(dy)
    }
    (x, y) = (newX, newY)
  }

  /// A point: a line of zero length, which round or square caps make visible.
  mutating func dot(at newX: Int, _ newY: Int) {
    move(to: newX, newY)
    begin(UInt8(ascii: "h"))
    append(0)
  }

  /// Closes a filled outline that began at the last move.
  mutating func close(startedAt startX: Int, _ startY: Int) {
    bytes.append(UInt8(ascii: "z"))
    command = 0
    (x, y) = (startX, startY)
  }

  /// Appends relative curves and arcs, written by the caller, that end where they began.
  mutating func figure(_ data: String) {
    bytes.append(contentsOf: data.utf8)
    command = 0
  }

  private mutating func begin(_ next: UInt8) {
    if command == next, next != UInt8(ascii: "m") { return }
    bytes.append(next)
    command = next
  }

  private mutating func append(_ number: Int) {
    if number < 0 {
      bytes.append(UInt8(ascii: "-"))
    } else if let last = bytes.last, last >= 48, last < 58 {
      bytes.append(UInt8(ascii: " "))
    }
    appendDigits(UInt(number.magnitude))
  }

  private mutating func appendDigits(_ number: UInt) {
    if number >= 10 { appendDigits(number / 10) }
    bytes.append(UInt8(48 + number % 10))
  }
}
