/// Small images in rows: digits with what the network took them for, filters of a layer.
package struct ImageGrid: Chart {
  package struct Image: Sendable {
    package enum Mark: Sendable { case none, right, wrong }
    package var width: Int
    package var height: Int
    /// One channel (gray) or three (red, green, blue), channel after channel, row by row.
    package var channels: [[Double]]
    package var caption: String
    package var mark: Mark

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

  /// How numbers become light.
  package enum Tone: Sendable {
    /// 0 is paper, 1 is ink, in both themes: strokes of a pen.
    case ink
    /// 0 is black, 1 is white: photographs.
    case light
    /// Two colors on either side of zero, each image to its own greatest magnitude: weights.
    case signed
  }

  package var title: String
  package var images: [Image]
  package var tone: Tone
  /// Numbers for no and full light; `nil` takes the least and greatest of all images.
  package var range: ClosedRange<Double>?
  package var alternative: String?

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
