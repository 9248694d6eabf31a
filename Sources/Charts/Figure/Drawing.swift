import Localization

/// The context that a chart is drawn in: ids, size and language.
package struct DrawingContext: Sendable {
  /// The prefix of all ids in the panel.
  var id: String
  /// Nominal width in pixels; the panel may become narrower on the reader's screen, never wider.
  var width: Int
  /// Nominal height of the plot; `nil` leaves it to the chart.
  var height: Int?
  /// Whether lines may be named at their ends; `false` where several panels share one legend.
  var allowsDirectLabels: Bool
  var words: Words

  init(
    id: String, width: Int = 640, height: Int? = nil, allowsDirectLabels: Bool = true,
    words: Words = .english
  ) {
    self.id = id
    self.width = width
    self.height = height
    self.allowsDirectLabels = allowsDirectLabels
    self.words = words
  }

  /// Whether the panel is wider than a phone's screen.
  var isWide: Bool { width >= Self.wideWidth }

  /// The width in pixels at which `figure.css` changes from the narrow to the wide form.
  static let wideWidth = 480
  /// The narrowest width that charts are laid out for, in pixels: a panel on a phone.
  static let narrowWidth = 280
}

/// A drawn panel, before it is placed in a page or a file.
package struct Drawing: Sendable {
  struct Margins: Sendable {
    var top = 8
    var right = 12
    var bottom = 24
    var left = 40
    /// Right margin in the narrow form.
    var narrowRight = 12
  }

  /// How the picture adapts to the width of its panel.
  enum Shape: Sendable {
    /// As wide as the panel; text keeps its size, and horizontal positions are fractions of the
    /// width.
    case fluid(Margins, width: Int, height: Int)
    /// As wide as the panel, up to its own width, with its height in proportion; text keeps its
    /// size, and all positions are fractions of the plot.
    case proportional(Margins, width: Int, height: Int)
    /// Scaled as a whole, never enlarged.
    case fixed(Margins, width: Int, height: Int)
    /// HTML of its own.
    case markup
  }

  var shape: Shape
  /// Content of the picture, with the origin at the plot's upper left corner; or the HTML.
  var body: [UInt8] = []
  /// A second picture for narrow panels; the first is then for wide panels only.
  var narrow: [Drawing] = []
  var legend: [LegendItem] = []
  /// Whether the legend is shown in the narrow form only, since the wide form labels the picture
  /// directly.
  var isLegendNarrowOnly = false
  var description = ""
  /// Attributes for the page's script, without `data-`.
  var script: [(name: String, value: String)] = []
  /// Rows of `data` that the table in the disclosure shows; `nil` for no table.
  var table: [UInt8]?
  /// Why there is no table, where there is none.
  var tableNote: String?
  var title: String
  /// Accessible name of a drawing without a title: "training loss over step".
  var name = ""

  /// Width in pixels of a panel on a phone 360 pixels wide, within the page's gutters.
  static let phoneWidth = 320

  /// Nominal width in pixels of a picture that is scaled as a whole; 0 for other shapes.
  var fixedWidth: Int {
    guard case .fixed(let margins, let width, _) = shape else { return 0 }
    return width + margins.left + margins.right
  }

  init(_ shape: Shape, title: String) {
    self.shape = shape
    self.title = title
  }
}

/// An entry of the legend.
struct LegendItem: Sendable, Hashable {
  enum Key: Sendable, Hashable {
    case line(color: Int, dash: Dash, marker: Marker?)
    case point(color: Int, marker: Marker)
    case area(color: Int)
    /// A number in a graph, in the color of its role.
    case text(Role)
  }

  enum Role: Sendable, Hashable { case value, gradient }

  var name: String
  var key: Key
}
