import DecimalText
import Foundation
import Testing

@testable import Charts

struct ThinningTests {
  /// Every point is within half a pixel of the line drawn for it.
  @Test(arguments: [50, 300, 1000, 10_000], UInt64(0)..<4)
  func thinnedLinesPassWithinHalfAPixelOfEveryPoint(count: Int, seed: UInt64) {
    let noise = DrawingTests.noise(count, seed: seed)
    let y = noise.enumerated().map { index, noise -> Double in
      let t = Double(index) / Double(count)
      // Smooth, then noisy, then steps.
      if t < 0.3 { return Foundation.sin(20 * t) }
      return t < 0.7 ? 0.5 * noise : Double(Int(clamped: t * 20) % 3)
    }
    let x = (0..<count).map(Double.init)
    let chart = LineChart(series: [.init("y", x: x, y: y)])
    let (xScale, yScale) = chart.scales(for: chart.lines())
    let frame = Cartesian(
      xAxis: Axis(), yAxis: Axis(), x: xScale, y: yScale, width: 640, height: 260, isFluid: true)
    var builder = LineBuilder(frame)
    builder.add(x, y)
    let path = builder.path()
    let stretch = Double(builder.stretch) / Double(frame.plane.unitsY)
    let across = Double(frame.plane.width) / Double(frame.plane.unitsAcross)
    let drawn = points(of: path.bytes).map { (x: Double($0.x) * across, y: Double($0.y) * stretch) }
    #expect(drawn.count < max(count, 60) && drawn.count > 2)
    var segment = 0
    var worst = 0.0
    for index in 0..<count {
      let px = xScale.position(x[index]) * Double(frame.plane.width)
      let py = (1 - yScale.position(y[index])) * Double(frame.plane.height)
      while segment + 2 < drawn.count, drawn[segment + 1].x < px - 2 { segment += 1 }
      var nearest = Double.infinity
      var at = segment
      while at + 1 < drawn.count, drawn[at].x <= px + 2 {
        nearest = min(nearest, distance(px, py, drawn[at], drawn[at + 1]))
        at += 1
      }
      worst = max(worst, nearest)
    }
    #expect(worst < 0.5)
  }

  /// Reads a path written by `PathWriter`: one subpath of relative commands.
  private func points(of bytes: [UInt8]) -> [(x: Int, y: Int)] {
    var points: [(x: Int, y: Int)] = []
    var (x, y) = (0, 0)
    var command: UInt8 = 0
    var at = 0
    func number() -> Int {
      if bytes[at] == UInt8(ascii: " ") { at += 1 }
      var sign = 1
      if bytes[at] == UInt8(ascii: "-") {
        sign = -1
        at += 1
      }
      var value = 0
      while at < bytes.count, bytes[at] >= 48, bytes[at] < 58 {
        value = value * 10 + Int(bytes[at]) - 48
        at += 1
      }
      return sign * value
    }
    while at < bytes.count {
      if bytes[at] >= 97 {
        command = bytes[at]
        at += 1
      }
      switch command {
      case UInt8(ascii: "h"): x += number()
      case UInt8(ascii: "v"): y += number()
      default:
        x += number()
        y += number()
        if command == UInt8(ascii: "m") { command = UInt8(ascii: "l") }
      }
      points.append((x, y))
    }
    return points
  }

  private func distance(
    _ px: Double, _ py: Double, _ a: (x: Double, y: Double), _ b: (x: Double, y: Double)
  ) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = dx * dx + dy * dy
    let t = length > 0 ? min(max(((px - a.x) * dx + (py - a.y) * dy) / length, 0), 1) : 0
    let (ex, ey) = (a.x + t * dx - px, a.y + t * dy - py)
    return (ex * ex + ey * ey).squareRoot()
  }
}
