/// Small images in rows: digits with the network's predictions, filters of a layer.
package struct ImageGrid: Chart {
  package struct Image: Sendable {
    /// Whether the network classified the image correctly.
    package enum Mark: Sendable { case none, right, wrong }
    /// In pixels.
    package var width: Int
    /// In pixels.
    package var height: Int
    /// One channel (gray) or three (red, green, blue), channel after channel, row by row.
    package var channels: [[Double]]
    /// The text below; empty for none.
    package var caption: String
    /// Wrong images are marked by a frame and a sign.
    package var mark: Mark

    /// - Precondition: each channel has `width` × `height` numbers.
    package init(
      width: Int, height: Int, channels: [[Double]], caption: String = "", mark: Mark = .none
    ) {
      precondition(
        channels.allSatisfy { $0.count == width * height },
        "a channel of \(channels.first?.count ?? 0) for \(width) × \(height)")
      self.width = width
      self.height = height
      self.channels = channels
      self.caption = caption
      self.mark = mark
    }
  }

  /// How numbers map to brightness.
  package enum Tone: Sendable {
    /// 0 is paper, 1 is ink, in both themes: pen strokes.
    case ink
    /// 0 is black, 1 is white: photographs.
    case light
    /// Two colors, one for each side of zero, each image scaled to its own maximum magnitude:
    /// weights.
    case signed
  }

  /// The heading above the panel; empty for none.
  package var title: String
  /// In reading order.
  package var images: [Image]
  /// How numbers map to brightness.
  package var tone: Tone
  /// Numbers shown as no light and as full light; `nil` takes the minimum and maximum of all
  /// images.
  package var range: ClosedRange<Double>?
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// Images with a common brightness scale, so that they can be compared.
  package init(
    _ title: String = "", images: [Image], tone: Tone = .ink, range: ClosedRange<Double>? = nil,
    alternative: String? = nil
  ) {
    self.title = title
    self.images = images
    self.tone = tone
    self.range = range
    self.alternative = alternative
  }
}
