import Localization

/// What a chart needs to know of the figure around it.
package struct DrawingContext: Sendable {
  /// The prefix of all ids in the panel.
  var id: String
  /// Nominal width in pixels; the panel may become narrower on the reader's screen, never wider.
  var width: Int
  /// Nominal height of the plot; `nil` leaves it to the chart.
  var height: Int?
  /// Whether lines may carry their names; not where several panels share one legend.
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

  /// Whether there is more room than on a telephone.
  var isWide: Bool { width >= Self.wideWidth }

  /// Where `figure.css` changes from the narrow to the wide form.
  static let wideWidth = 480
  /// The narrowest panel that is planned for: a telephone's.
  static let narrowWidth = 280
}

/// A panel drawn, before it is put into a page or a file.
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
    /// As wide as the panel; text keeps its size and places across are shares of the width.
    case fluid(Margins, width: Int, height: Int)
    /// As wide as the panel, up to its own width, its height in proportion; text keeps its size and
    /// all places are shares of the plot.
    case proportional(Margins, width: Int, height: Int)
    /// Scaled as a whole, never up.
    case fixed(Margins, width: Int, height: Int)
    /// HTML of its own.
    case markup
  }

  var shape: Shape
  /// Content of the picture, its origin at the plot's upper left corner; or the HTML.
  var body: [UInt8] = []
  /// A second picture for narrow panels; the first is then for wide ones only.
  var narrow: [Drawing] = []
  var legend: [LegendItem] = []
  /// The legend repeats what the wide form says in the picture.
  var isLegendNarrowOnly = false
  var description = ""
  /// Attributes for the page's script, without `data-`.
  var script: [(name: String, value: String)] = []
  /// Rows of `data` that the table in the disclosure shows; `nil` for no table.
  var table: [UInt8]?
  /// Why there is no table, where there is none.
  var tableNote: String?
  var title: String
  /// A name for what has no title: "training loss over step".
  var name = ""

  /// Width of a panel on a telephone of 360 pixels, within the page's gutters.
  static let phoneWidth = 320

  /// Width of a picture that is scaled as a whole; 0 for the others.
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
    /// Numbers of a graph, in the color of what they are.
    case text(Role)
  }

  enum Role: Sendable, Hashable { case value, gradient }

  var name: String
  var key: Key
}
