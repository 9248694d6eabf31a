extension BarChart {
  package var data: DataTable { DataTable([]) }
  package func draw(in context: DrawingContext) -> Drawing { Drawing(.markup, title: title) }
}
extension Histogram {
  package var data: DataTable { DataTable([]) }
  package func draw(in context: DrawingContext) -> Drawing { Drawing(.markup, title: title) }
}
extension RidgelineChart {
  package var data: DataTable { DataTable([]) }
  package func draw(in context: DrawingContext) -> Drawing { Drawing(.markup, title: title) }
}
extension BoxChart {
  package var data: DataTable { DataTable([]) }
  package func draw(in context: DrawingContext) -> Drawing { Drawing(.markup, title: title) }
}
extension HeatMap {
  package var data: DataTable { DataTable([]) }
  package func draw(in context: DrawingContext) -> Drawing { Drawing(.markup, title: title) }
}
extension ImageGrid {
  package var data: DataTable { DataTable([]) }
  package func draw(in context: DrawingContext) -> Drawing { Drawing(.markup, title: title) }
}
extension NetworkDrawing {
  package var data: DataTable { DataTable([]) }
  package func draw(in context: DrawingContext) -> Drawing { Drawing(.markup, title: title) }
}
extension LayeredGraph {
  package var data: DataTable { DataTable([]) }
  package func draw(in context: DrawingContext) -> Drawing { Drawing(.markup, title: title) }
}
extension TableChart {
  package var data: DataTable { DataTable([]) }
  package func draw(in context: DrawingContext) -> Drawing { Drawing(.markup, title: title) }
}
