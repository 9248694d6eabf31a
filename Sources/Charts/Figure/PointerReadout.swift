import DecimalText
import Markup

/// The `data-` attributes of a panel from which the page's script shows values under the pointer.
///
/// The script reads values that are already in the page: rows of the table in the disclosure, and
/// paths of lines and points. Only fields carry numbers of their own.
enum PointerReadout {
  typealias Attributes = [(name: String, value: String)]

  enum Along: String { case x, y }

  /// A position for each row of the table.
  ///
  /// - Parameter places: Positions along the side from the left or from the top, 0 to 1.
  static func rows(along: Along, places: [Double]) -> Attributes {
    [("kind", "rows"), ("along", along.rawValue), ("at", permille(places))]
  }

  /// Positions for `count` rows of equal size.
  static func rows(along: Along, count: Int) -> Attributes {
    rows(along: along, places: (0..<count).map { (Double($0) + 0.5) / Double(count) })
  }

  /// Lines over a common axis.
  ///
  /// - Parameters:
  ///   - columns: The table's column of each line; empty where the table lacks rows, and the values
  ///     are read from the paths.
  ///   - places: Positions of the table's rows; empty where they are evenly spaced.
  ///   - count: The number of positions.
  static func lines(
    _ names: [String], x: AxisScale, y: AxisScale, xName: String, columns: [Int] = [],
    places: [Double] = [], count: Int
  ) -> Attributes {
    var attributes: Attributes = [
      ("kind", "line"), ("x", x.attribute), ("y", y.attribute), ("xname", xName),
      ("names", joined(names)), ("count", String(count)),
    ]
    if !columns.isEmpty { attributes.append(("columns", listed(columns))) }
    if !places.isEmpty { attributes.append(("at", permille(places))) }
    return attributes
  }

  /// Maximum number of positions; with more, neighbors would be less than a pixel or two apart.
  static let mostPlaces = 401

  static func points(_ names: [String], on frame: Cartesian, x: String, y: String) -> Attributes {
    [("kind", "points"), ("names", joined(names))] + plane(frame, x, y)
  }

  /// The cells of the table, as values.
  static let cells: Attributes = [("kind", "cells")]

  /// Cells of numbers, row by row from the top, on the plane of `frame` where one is given.
  static func cells(
    _ values: [Double], columns: Int, name: String, on frame: Cartesian? = nil, x: String, y: String
  ) -> Attributes {
    var extent = Extent()
    extent.add(values)
    guard !extent.isEmpty, columns > 0 else { return [] }
    // Over a wide positive range a logarithmic scale keeps the digits of small numbers too.
    let isLogarithmic = extent.low > 0 && extent.high / extent.low > 200
    let high =
      extent.high > extent.low ? extent.high : extent.low + min(1, extent.low.magnitude / 2)
    let scale = AxisScale(isLogarithmic ? .log : .linear, .init(spanning: extent.low, high))
    let codes = values.map { value -> Int in
      let place = value.isFinite ? scale.position(value) : .nan
      return place.isFinite ? Int(clamped: (min(max(place, 0), 1) * 4094).rounded()) : 4095
    }
    return [
      ("kind", "cells"), ("grid", "\(columns),\(values.count / columns)"),
      ("v", scale.attribute), ("names", name), ("cells", packed(codes)),
    ] + (frame.map { plane($0, x, y) } ?? [("xname", x), ("yname", y)])
  }

  /// Cells of classes, each with the classifier's confidence (0 to 1) or `nil`.
  static func classes(
    _ winners: [(name: Int, share: Double?)?], columns: Int, names: [String], on frame: Cartesian,
    x: String, y: String
  ) -> Attributes {
    guard columns > 0, !names.isEmpty, names.count < 4095 else { return [] }
    let levels = 4095 / names.count
    let codes = winners.map { winner -> Int in
      guard let winner else { return 4095 }
      let share = min(max(winner.share ?? 0, 0), 1)
      return winner.name * levels + Int(clamped: (share * Double(levels - 1)).rounded())
    }
    return [
      ("kind", "cells"), ("grid", "\(columns),\(winners.count / columns)"),
      ("names", joined(names)), ("cells", packed(codes)),
    ] + (winners.contains { $0?.share != nil } ? [("shares", String(levels))] : [])
      + plane(frame, x, y)
  }

  /// Number of cells along each side of a grid over a plane.
  static let side = 36

  private static func plane(_ frame: Cartesian, _ x: String, _ y: String) -> Attributes {
    [
      ("x", frame.x.attribute), ("y", frame.y.attribute), ("xname", x.isEmpty ? "x" : x),
      ("yname", y.isEmpty ? "y" : y),
    ]
  }

  /// The names joined by `|`, as the script splits them.
  private static func joined(_ names: [String]) -> String {
    names.map { $0.replacing("|", with: "¦") }.joined(separator: "|")
  }

  private static func listed(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: ",")
  }

  private static func permille(_ places: [Double]) -> String {
    listed(places.map { Int(clamped: ($0.isFinite ? min(max($0, 0), 1) * 1000 : 0).rounded()) })
  }

  /// Two characters per code, from the sixty-four from `?` to `~`, none of which needs escaping in
  /// XML.
  private static func packed(_ codes: [Int]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * codes.count)
    for code in codes {
      let code = min(max(code, 0), 4095)
      bytes.append(63 + UInt8(code / 64))
      bytes.append(63 + UInt8(code % 64))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
