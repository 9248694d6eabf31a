import DecimalText
import Markup
import Testing

@testable import Charts

/// Images are decoded by an independent decoder: RFC 1951's fixed codes, RFC 1950's checksum, the
/// filters of the PNG specification.
struct PNGTests {
  struct Unreadable: Error { var why: String }

  struct Image {
    var width = 0
    var height = 0
    var bits = 0
    var colorType = 0
    var palette: [[UInt8]] = []
    var alpha: [UInt8] = []
    /// Row by row, with as many samples per pixel as the color type has.
    var samples: [Int] = []
  }

  static func decode(_ png: [UInt8]) throws -> Image {
    guard png.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) else {
      throw Unreadable(why: "signature")
    }
    var image = Image()
    var data: [UInt8] = []
    var at = 8
    func word(_ at: Int) -> Int { png[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    while at < png.count {
      let length = word(at)
      let name = String(decoding: png[(at + 4)..<(at + 8)], as: UTF8.self)
      let body = Array(png[(at + 8)..<(at + 8 + length)])
      guard Int(crc(png[(at + 4)..<(at + 8 + length)])) == word(at + 8 + length) else {
        throw Unreadable(why: "checksum of \(name)")
      }
      switch name {
      case "IHDR":
        image.width = word(at + 8)
        image.height = word(at + 12)
        image.bits = Int(body[8])
        image.colorType = Int(body[9])
      case "PLTE":
        image.palette = stride(from: 0, to: body.count, by: 3).map { Array(body[$0..<($0 + 3)]) }
      case "tRNS": image.alpha = body
      case "IDAT": data += body
      default: break
      }
      at += 12 + length
    }
    let channels = image.colorType == 2 ? 3 : 1
    let stride = (image.width * channels * image.bits + 7) / 8
    let rows = try inflate(data)
    guard rows.count == image.height * (stride + 1) else { throw Unreadable(why: "length") }
    var previous = [UInt8](repeating: 0, count: stride)
    let step = max(1, channels * image.bits / 8)
    for row in 0..<image.height {
      let start = row * (stride + 1)
      var line = Array(rows[(start + 1)..<(start + 1 + stride)])
      for index in line.indices {
        let a = index >= step ? Int(line[index - step]) : 0
        let b = Int(previous[index])
        let c = index >= step ? Int(previous[index - step]) : 0
        let predicted: Int
        switch rows[start] {
        case 0: predicted = 0
        case 1: predicted = a
        case 2: predicted = b
        case 3: predicted = (a + b) / 2
        case 4:
          let p = a + b - c
          let (pa, pb, pc) = (abs(p - a), abs(p - b), abs(p - c))
          predicted = pa <= pb && pa <= pc ? a : pb <= pc ? b : c
        default: throw Unreadable(why: "filter \(rows[start])")
        }
        line[index] = line[index] &+ UInt8(truncatingIfNeeded: predicted)
      }
      for sample in 0..<(image.width * channels) {
        let bit = sample * image.bits
        let byte = Int(line[bit / 8])
        image.samples.append((byte >> (8 - image.bits - bit % 8)) & ((1 << image.bits) - 1))
      }
      previous = line
    }
    return image
  }

  private static func crc(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
        crc & 1 == 1 ? 0xedb8_8320 ^ (crc >> 1) : crc >> 1
      }
    }
  }

  private static func inflate(_ bytes: [UInt8]) throws -> [UInt8] {
    guard bytes.count > 6, bytes[0] & 15 == 8, (Int(bytes[0]) * 256 + Int(bytes[1])) % 31 == 0
    else {
      throw Unreadable(why: "header of zlib")
    }
    var at = 16
    func bit() throws -> Int {
      guard at / 8 < bytes.count - 4 else { throw Unreadable(why: "end of data") }
      defer { at += 1 }
      return Int(bytes[at / 8] >> UInt8(at % 8)) & 1
    }
    func bits(_ count: Int) throws -> Int {
      try (0..<count).reduce(0) { try $0 | bit() << $1 }
    }
    var out: [UInt8] = []
    while true {
      let isLast = try bit() == 1
      guard try bits(2) == 1 else { throw Unreadable(why: "kind of block") }
      while true {
        // Codes of seven bits for 256 to 279, of eight for 0 to 143 and from 280, of nine for 144
        // to 255.
        var code = 0
        for _ in 0..<7 { code = try code << 1 | bit() }
        var symbol: Int
        if code < 24 {
          symbol = 256 + code
        } else {
          code = try code << 1 | bit()
          if code < 0xc0 {
            symbol = code - 0x30
          } else if code < 0xc8 {
            symbol = code - 0xc0 + 280
          } else {
            code = try code << 1 | bit()
            symbol = code - 0x190 + 144
          }
        }
        if symbol == 256 { break }
        if symbol < 256 {
          out.append(UInt8(symbol))
          continue
        }
        symbol -= 257
        var length = symbol + 3
        if symbol == 28 {
          length = 258
        } else if symbol >= 8 {
          let extra = symbol / 4 - 1
          length = try 3 + (4 + symbol % 4) << extra + bits(extra)
        }
        var distance = 0
        for _ in 0..<5 { distance = try distance << 1 | bit() }
        if distance >= 4 {
          let extra = distance / 2 - 1
          distance = try (2 + distance % 2) << extra + bits(extra)
        }
        distance += 1
        guard distance <= out.count else { throw Unreadable(why: "distance") }
        for _ in 0..<length { out.append(out[out.count - distance]) }
      }
      if isLast { break }
    }
    var (a, b) = (1, 0)
    for byte in out {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    guard bytes.suffix(4).reduce(0, { $0 << 8 | Int($1) }) == b << 16 | a else {
      throw Unreadable(why: "checksum of zlib")
    }
    return out
  }

  @Test(arguments: [2, 3, 4, 5, 16, 17, 256], [(1, 1), (3, 2), (7, 5), (28, 28), (300, 4)])
  func imagesOfColorsFromAPaletteAreReadBack(colors: Int, size: (Int, Int)) throws {
    var generator = TicksTests.Generator(state: UInt64(colors * 1000 + size.0))
    let (width, height) = size
    // Runs, repeated rows and noise: every case of the compressor.
    var indices: [UInt8] = []
    for at in 0..<(width * height) {
      switch at / width % 3 {
      case 1: indices.append(UInt8(at % width * colors / width))
      case 2: indices.append(1)
      default: indices.append(UInt8(clamped: generator.uniform() * Double(colors)))
      }
    }
    let palette = (0..<colors).map { index -> PNG.Color in
      let level = UInt8(index)
      return PNG.Color(red: level, green: 255 - level, blue: level / 2, alpha: level &* 7)
    }
    let image = try Self.decode(
      PNG.indexed(width: width, height: height, indices: indices, palette: palette))
    #expect(image.width == width && image.height == height && image.colorType == 3)
    #expect(image.samples == indices.map(Int.init))
    #expect(image.palette == palette.map { [$0.red, $0.green, $0.blue] })
    #expect(image.alpha == palette.map(\.alpha))
  }

  @Test(arguments: [(1, 1), (5, 3), (64, 64)])
  func photographsAreReadBack(size: (Int, Int)) throws {
    var generator = TicksTests.Generator(state: 7)
    var pixels: [UInt8] = []
    for at in 0..<(size.0 * size.1 * 3) {
      pixels.append(at % 9 < 4 ? UInt8(clamped: generator.uniform() * 256) : 200)
    }
    let image = try Self.decode(PNG.color(width: size.0, height: size.1, pixels: pixels))
    #expect(image.width == size.0 && image.height == size.1 && image.colorType == 2)
    #expect(image.samples == pixels.map(Int.init))
  }

  /// The shades of an image correspond to its numbers.
  @Test func imagesInAGridShowTheirNumbers() throws {
    let grid = ImageGrid(images: [.init(width: 4, height: 1, channels: [[0, 0.25, 0.5, 1]])])
    let ink = try Self.decode(grid.png(grid.images[0], 0, 1))
    #expect(ink.samples == [0, 4, 8, 15])
    #expect(ink.samples.map { ink.alpha[$0] } == [0, 68, 136, 255])
    var filters = grid
    filters.tone = .signed
    let image = ImageGrid.Image(width: 3, height: 1, channels: [[-2, 0, 1]])
    #expect(try Self.decode(filters.png(image, 0, 1)).samples == [1, 128, 192])
  }
}
