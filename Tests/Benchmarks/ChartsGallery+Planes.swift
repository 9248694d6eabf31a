import Charts
import Foundation

extension ChartsGallery {
  private static func moons(_ count: Int) -> [PointSet] {
    var noise = Noise(state: 7)
    return (0..<2).map { side in
      var xs: [Double] = []
      var ys: [Double] = []
      for index in 0..<(count / 2) {
        let angle = Double.pi * Double(index) / Double(count / 2 - 1)
        let flip = side == 0 ? 1.0 : -1.0
        xs.append((side == 0 ? cos(angle) : 1 - cos(angle)) + 0.1 * noise.normal())
        ys.append((side == 0 ? 0 : 0.5) + flip * sin(angle) + 0.1 * noise.normal())
      }
      return PointSet(side == 0 ? "upper" : "lower", x: xs, y: ys)
    }
  }

  private static func field(
    _ size: Int, x: ClosedRange<Double>, y: ClosedRange<Double>, _ f: (Double, Double) -> Double
  ) -> Field {
    var values: [Double] = []
    for row in 0..<size {
      for column in 0..<size {
        values.append(
          f(
            x.lowerBound + (x.upperBound - x.lowerBound) * Double(column) / Double(size - 1),
            y.lowerBound + (y.upperBound - y.lowerBound) * Double(row) / Double(size - 1)))
      }
    }
    return Field(columns: size, rows: size, x: x, y: y, values: values)
  }

  static func turning() -> Figure {
    let sets = moons(200)
    return Figure(
      .frames(
        slider: "epoch",
        [0, 5, 20, 100].map { epoch in
          let sharpness = Double(epoch) / 15
          let boundary = field(40, x: -1.6...2.6, y: -1.2...1.7) { x, y in
            let bend = 0.75 * cos(2.4 * x + 0.4) * exp(-x * x / 4) * min(1, sharpness)
            return 1 / (1 + exp(-(0.5 + sharpness) * (0.25 - y + bend)))
          }
          return .init(
            "\(epoch)", [BoundaryChart("What the network says", fields: [boundary], points: sets)])
        }))
  }

  static func planes() -> [(String, Figure)] {
    let sets = moons(400)
    let boundary = field(80, x: -1.6...2.6, y: -1.2...1.7) { x, y in
      1 / (1 + exp(-5 * (0.25 - y + 0.75 * cos(2.4 * x + 0.4) * exp(-x * x / 4))))
    }
    let centers = [(0.0, 1.0), (0.9, -0.6), (-0.9, -0.5), (0.1, -0.1)]
    let scores = centers.map { center in
      field(60, x: -2...2, y: -2...2) { x, y in
        -((x - center.0) * (x - center.0) + (y - center.1) * (y - center.1))
          + 0.2 * sin(5 * x * center.0) + 0.1 * cos(4 * y)
      }
    }
    var noise = Noise(state: 3)
    let blobs = zip("abcd", centers).map { name, center in
      var xs: [Double] = []
      var ys: [Double] = []
      for _ in 0..<60 {
        xs.append(center.0 + 0.35 * noise.normal())
        ys.append(center.1 + 0.35 * noise.normal())
      }
      return PointSet("class \(name)", x: xs, y: ys)
    }
    let valley = field(90, x: -2...2, y: -1...3) { x, y in
      (1 - x) * (1 - x) + 20 * (y - x * x) * (y - x * x) + 0.01
    }
    var way = (x: [-1.5], y: [2.5])
    var velocity = (0.0, 0.0)
    for _ in 0..<300 {
      let (x, y) = (way.x.last!, way.y.last!)
      let gx = -2 * (1 - x) - 80 * x * (y - x * x)
      let gy = 40 * (y - x * x)
      velocity = (0.9 * velocity.0 - 0.0008 * gx, 0.9 * velocity.1 - 0.0008 * gy)
      way.x.append(x + velocity.0)
      way.y.append(y + velocity.1)
    }
    return [
      (
        "A boundary between two classes",
        Figure(BoundaryChart("Moons", fields: [boundary], points: sets))
      ),
      (
        "Four classes, and the data alone",
        Figure(
          BoundaryChart("Four classes", fields: scores, points: blobs),
          ScatterChart(
            "The data", sets: blobs, x: Axis("$x_1$"), y: Axis("$x_2$"), hasEqualUnits: true))
      ),
      (
        "Contours of a valley, and a way down",
        Figure(
          ContourChart(
            "Rosenbrock’s valley", field: valley, paths: [.init("momentum", x: way.x, y: way.y)],
            valueName: "loss"))
      ),
    ]
  }
}
