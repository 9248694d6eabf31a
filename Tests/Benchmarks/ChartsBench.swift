import ArgumentParser
import Charts
import Foundation

/// Measures the drawing of many line charts, or writes a page with every kind of figure.
struct ChartsBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "charts", abstract: "Measure the drawing of charts.")

  @Option(help: "Write a page that shows every mark and option to this file, and measure nothing.")
  var gallery: String?

  @Option(help: "How many charts.")
  var charts = 1000

  @Option(help: "Points in each chart.")
  var points = 1000

  func run() throws {
    if let gallery {
      let page = URL(filePath: gallery)
      let folder = page.deletingLastPathComponent()
      for (file, text) in [
        (page, ChartsGallery.page()),
        (folder.appending(path: "figures.css"), FigureAssets.styleSheet),
        (folder.appending(path: "figures.js"), FigureAssets.script),
      ] { try Data(text.utf8).write(to: file) }
      return
    }
    let inputs = (0..<charts).map { seed in
      LineChart(
        "Training",
        series: [
          .init(
            "loss", x: (0..<points).map(Double.init),
            y: ChartsGallery.trainingLoss(steps: points, seed: UInt64(seed)))
        ], x: Axis("step", format: .whole), y: Axis("loss"))
    }
    let clock = ContinuousClock()
    var bytes = 0
    let drawing = clock.measure {
      for (index, chart) in inputs.enumerated() {
        bytes += Figure(chart).rendered(id: "f\(index)", withFiles: false).html.utf8.count
      }
    }
    let whole = clock.measure {
      for (index, chart) in inputs.enumerated() {
        bytes += chart.render(id: "f\(index)").csv.utf8.count
      }
    }
    print(
      """
      \(charts) line charts of \(points) points
        figure, description, table   \(seconds(drawing)) s
        with CSV and SVG file        \(seconds(whole)) s
        bytes of each figure         \(bytes / max(charts, 1) / 2)
      """)
  }

  private func seconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return String(format: "%.3f", Double(seconds) + Double(attoseconds) * 1e-18)
  }
}
