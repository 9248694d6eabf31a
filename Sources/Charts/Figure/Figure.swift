import Localization

/// Charts that belong together under one caption: one panel, several side by side, or frames
/// selected with a slider.
package struct Figure: Sendable {
  /// One position of the slider.
  package struct Frame: Sendable {
    /// The slider's value at this frame: "10".
    package var label: String
    /// The frame's panels, side by side.
    package var panels: [any Chart]

    /// - Parameters:
    ///   - label: The slider's value at this frame.
    ///   - panels: The frame's panels, side by side.
    package init(_ label: String, _ panels: [any Chart]) {
      self.label = label
      self.panels = panels
    }
  }

  /// Panels side by side, or one frame after the other.
  package enum Content: Sendable {
    case panels([any Chart])
    /// Without scripts all frames are side by side; with scripts a slider named `slider` selects
    /// one.
    case frames(slider: String, [Frame])
  }

  /// Panels or frames.
  package var content: Content
  /// HTML of the caption, made by the caller.
  package var caption: String?
  /// Text that replaces the descriptions generated from the data, for the whole figure.
  package var alternative: String?
  /// Address of the CSV file with the data.
  package var csvLink: String?
  /// Address of the JSON file with the whole result.
  package var jsonLink: String?
  /// HTML after the caption and beside the data, such as the block's source in a disclosure.
  package var extra: String?
  /// Nominal width of a panel in pixels; `nil` chooses by the number of panels.
  package var width: Int?
  /// Nominal height of a plot in pixels; `nil` lets the chart choose.
  package var height: Int?
  /// BCP 47 tag of the language of the figure's generated text.
  package var language: String

  /// A figure that chooses its own size. The caption is written unescaped; addresses are escaped.
  package init(
    _ content: Content, caption: String? = nil, alternative: String? = nil,
    csvLink: String? = nil, jsonLink: String? = nil, language: String = "en"
  ) {
    self.content = content
    self.caption = caption
    self.alternative = alternative
    self.csvLink = csvLink
    self.jsonLink = jsonLink
    self.extra = nil
    self.width = nil
    self.height = nil
    self.language = language
  }

  /// Panels side by side, without a caption.
  package init(_ panels: any Chart...) { self.init(.panels(panels)) }
}

/// A figure as HTML and as files.
package struct RenderedFigure: Sendable {
  /// A `<figure>` with panels, legend, caption and the data in a disclosure. Each id in it is the
  /// given one or begins with it and a hyphen.
  package var html: String
  /// The panels as SVG files that need no external style sheet.
  package var svg: [String]
  /// A description of the figure in a few sentences of plain text.
  package var description: String
  /// The data of all panels as CSV (RFC 4180).
  package var csv: String
}
