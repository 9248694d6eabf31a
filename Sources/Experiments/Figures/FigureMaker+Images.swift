import Charts

extension FigureMaker {
  /// Images from a grid (N, H, W) or (N, C, H, W); one or three of the channels are shown.
  static func images(
    _ grid: Run.Grid, limit: Int, _ caption: (Int) -> (String, ImageGrid.Image.Mark)
  ) -> [ImageGrid.Image] {
    let shape = grid.shape.count == 3 ? [grid.shape[0], 1] + grid.shape[1...] : grid.shape
    guard shape.count == 4, shape.allSatisfy({ $0 > 0 }) else { return [] }
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    let shown = channels >= 3 ? 3 : 1
    return (0..<min(shape[0], limit)).map { index in
      let (text, mark) = caption(index)
      return ImageGrid.Image(
        width: width, height: height,
        channels: (0..<shown).map { channel in
          let start = (index * channels + channel) * height * width
          return Array(grid.values[start..<start + height * width])
        }, caption: text, mark: mark)
    }
  }
}
