import Foundation
import Testing

@testable import Charts

struct ContoursTests {
  /// On a linear field the outline is exact; on a circle its area is that of the disk.
  @Test func contoursAreWhereTheFieldHasTheirLevel() throws {
    let size = 41
    let circle = DrawingTests.field(size) { x, y in 1 - x * x - y * y }
    let loops = Contours(columns: size, rows: size, values: circle.values).loops(at: 0)
    #expect(loops.count == 1)
    let loop = try #require(loops.first)
    var area = 0.0
    for index in loop.x.indices {
      let next = (index + 1) % loop.x.count
      let (x0, y0) = (loop.x[index] / 10 - 2, loop.y[index] / 10 - 2)
      let (x1, y1) = (loop.x[next] / 10 - 2, loop.y[next] / 10 - 2)
      area += (x0 * y1 - x1 * y0) / 2
      // Linear interpolation over a cell of width h = 0.1 errs by at most h²/8 times the second
      // derivative.
      #expect(((x0 * x0 + y0 * y0).squareRoot() - 1).magnitude <= 0.01 / 8 * 2)
    }
    // The region is on the left: the area is positive.
    #expect((area - Double.pi).magnitude < 0.02)

    let slope = Contours(columns: 3, rows: 3, values: [0, 1, 2, 0, 1, 2, 0, 1, 2]).loops(at: 0.5)
    let half = try #require(slope.first)
    #expect(slope.count == 1)
    #expect(half.x.min() == 0.5 && half.x.max() == 2)
    // The region is closed along the field's edge.
    #expect(half.y.min() == 0 && half.y.max() == 2)
  }

  @Test func regionsOfClassesShareThePlane() {
    // Some class wins at every point, so the shares sum to one.
    let chart = BoundaryChart(
      fields: [
        DrawingTests.field(30) { x, _ in x + 0.013 }, DrawingTests.field(30) { _, y in 1.07 * y },
        DrawingTests.field(30) { x, y in -x - y },
      ],
      classNames: ["a", "b", "c"])
    let description = chart.render(id: "r").description
    let shares = description.matches(of: /(\d+)%/).compactMap { Int($0.1) }
    #expect(shares.count == 3 && (99...101).contains(shares.reduce(0, +)), "\(description)")
  }

  @Test func aSaddleIsPartedByTheMeanOfItsCorners() {
    let parted = Contours(columns: 2, rows: 2, values: [1, -2, -2, 1]).loops(at: 0)
    let joined = Contours(columns: 2, rows: 2, values: [2, -1, -1, 2]).loops(at: 0)
    #expect(parted.count == 2 && joined.count == 1)
  }
}
