import Testing

@testable import Charts

struct FacetsTests {
  private static let small = [0.1, 0.2, 0.3]
  private static let large = [-40.0, 7, 90]

  private static func bins(_ values: [Double]) -> Bins {
    Bins(edges: [values[0], values[1], values[2]], counts: [values[2].magnitude, 1])
  }

  private static func field(_ values: [Double]) -> Field {
    Field(
      columns: 2, rows: 2, x: values[0]...values[2], y: values[0]...values[2],
      values: values + [values[1]])
  }

  static let kinds: [@Sendable ([Double]) -> any FacetedChart] = [
    { LineChart(series: [.init("y", x: $0, y: $0)]) },
    { ScatterChart(sets: [PointSet("a", x: $0, y: $0)]) },
    { BarChart(categories: ["a", "b", "c"], series: [.init("v", $0)]) },
    { Histogram(series: [.init("h", bins($0))]) },
    { RidgelineChart(ridges: [.init("1", bins($0))]) },
    { BoxChart(groups: [.init("g", $0)]) },
    { HeatMap(rows: 1, columns: 3, values: $0, showsValues: false) },
    { ContourChart(field: field($0)) },
    { BoundaryChart(fields: [field($0)]) },
    { ImageGrid(images: [.init(width: 3, height: 1, channels: [$0])]) },
  ]

  @Test(arguments: kinds.indices)
  func chartsOfOneKindTakeTheScalesThatHoldThemAll(kind: Int) throws {
    let make = Self.kinds[kind]
    let alone = [make(Self.small), make(Self.large)]
    let shared = Facets.sharingScales(alone).compactMap { $0 as? any FacetedChart }
    #expect(shared.count == 2)
    for scale in FacetScale.allCases {
      let own = alone.compactMap { $0.spans[scale]?.range }
      guard own.count == 2 else { continue }
      let union =
        min(own[0].lowerBound, own[1].lowerBound)...max(own[0].upperBound, own[1].upperBound)
      #expect(union.contains(-40) && union.contains(90) || scale == .y)
      #expect(own[0] != own[1])
      // Their axes agree, not their data: both have the same tick labels.
      if scale != .shade {
        for chart in shared { #expect(chart.spans[scale]?.range == union || !(chart is LineChart)) }
      }
    }
    let pictures = shared.map { chart in
      chart.render(id: "f").html.matches(of: /<g class="tick"[\s\S]*?<\/g>/).map { String($0.0) }
    }
    if !(shared[0] is ImageGrid) {
      #expect(!pictures[0].isEmpty && pictures[0] == pictures[1])
      #expect(alone[0].render(id: "f").html != shared[0].render(id: "f").html)
    }
  }

  @Test func chartsOfDifferentKindsKeepTheirScales() {
    let charts: [any Chart] = [
      ScatterChart(sets: [PointSet("a", x: Self.small, y: Self.small)]),
      LineChart(series: [.init("y", Self.large)]),
    ]
    let shared = Facets.sharingScales(charts)
    for (old, new) in zip(charts, shared) {
      #expect(old.render(id: "k").html == new.render(id: "k").html)
    }
    #expect(Facets.sharingScales([]).isEmpty)
  }

  @Test func aGivenRangeStays() throws {
    var fixed = ScatterChart(sets: [PointSet("a", x: Self.small, y: Self.small)])
    fixed.x.range = 0...1
    let shared = ScatterChart.sharingScales([
      fixed, ScatterChart(sets: [PointSet("a", x: Self.large, y: Self.large)]),
    ])
    #expect(shared[0].x.range == 0...1)
    #expect(try #require(shared[1].x.range).contains(90))
  }
}
