/// Simplification of polylines without a visible difference.
enum Thinning {
  /// Indices of a polyline's points such that every omitted one is within `tolerance` of the line
  /// through the kept ones. Keeps the first and last.
  ///
  /// From a kept point on, every point narrows the cone of directions that pass it closely enough.
  /// A segment ends before the first point that is outside the cone, or nearer to the segment's
  /// start than the segment already reaches (where the line turns back). One pass.
  ///
  /// - Source: Zhao and Saalfeld, *Linear-time sleeve-fitting polyline simplification*, 1997.
  static func kept(_ x: [Double], _ y: [Double], in range: Range<Int>, tolerance: Double) -> [Int] {
    guard range.count > 2 else { return Array(range) }
    var kept = [range.lowerBound]
    var anchor = range.lowerBound
    var last = anchor
    var hasCone = false
    var (leftX, leftY, rightX, rightY) = (0.0, 0.0, 0.0, 0.0)
    var reach = 0.0
    let square = tolerance * tolerance
    var index = anchor + 1
    while index < range.upperBound {
      let dx = x[index] - x[anchor]
      let dy = y[index] - y[anchor]
      let distance2 = dx * dx + dy * dy
      var fits = true
      if hasCone {
        fits =
          rightX * dy - rightY * dx >= 0 && dx * leftY - dy * leftX >= 0 && distance2 >= reach
      }
      if !fits {
        kept.append(last)
        anchor = last
        hasCone = false
        reach = 0
        continue
      }
      if distance2 > square {
        // Tangents to the circle of radius `tolerance` around the point.
        let scale = 1 / distance2
        let sine = tolerance * (distance2 - square).squareRoot() * scale
        let cosine = (distance2 - square) * scale
        let newLeftX = dx * cosine - dy * sine
        let newLeftY = dy * cosine + dx * sine
        let newRightX = dx * cosine + dy * sine
        let newRightY = dy * cosine - dx * sine
        if hasCone {
          if newLeftX * leftY - newLeftY * leftX >= 0 { (leftX, leftY) = (newLeftX, newLeftY) }
          if rightX * newRightY - rightY * newRightX >= 0 {
            (rightX, rightY) = (newRightX, newRightY)
          }
        } else {
          (leftX, leftY, rightX, rightY) = (newLeftX, newLeftY, newRightX, newRightY)
          hasCone = true
        }
        reach = max(reach, distance2)
      }
      last = index
      index += 1
    }
    if kept.last != range.upperBound - 1 { kept.append(range.upperBound - 1) }
    return kept
  }
}
