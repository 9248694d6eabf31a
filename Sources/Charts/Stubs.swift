extension LineChart {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension ScatterChart {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension BoundaryChart {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension ContourChart {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension BarChart {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension Histogram {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension RidgelineChart {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension BoxChart {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension HeatMap {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension ImageGrid {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension NetworkDrawing {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension LayeredGraph {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension TableChart {
  package var data: DataTable { DataTable([]) };
  package func draw(in context: DrawingContext) -> Drawing { Drawing() }
}
extension Figure {
  package func render(id: String) -> RenderedFigure {
    RenderedFigure(html: "", svg: [], description: "", csv: "")
  }
}
