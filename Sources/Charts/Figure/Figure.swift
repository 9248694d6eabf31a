import Localization

/// Charts that belong together under one caption: one panel, several side by side, or frames that a
/// slider turns.
package struct Figure: Sendable {
  /// One position of the slider.
  package struct Frame: Sendable {
    /// The slider's value there: "10".
    package var label: String
    /// The panels there, side by side.
    package var panels: [any Chart]

    /// - Parameters:
    ///   - label: The slider's value there.
    ///   - panels: The panels there, side by side.
    package init(_ label: String, _ panels: [any Chart]) {
      self.label = label
      self.panels = panels
    }
  }

  /// Panels side by side, or one frame after the other.
  package enum Content: Sendable {
    case panels([any Chart])
    /// Without scripts all frames are side by side; with them a slider named `slider` shows one.
    case frames(slider: String, [Frame])
  }

  /// Panels or frames.
  package var content: Content
  /// Markup of the caption, made by the caller.
  package var caption: String?
  /// Words for the whole figure in place of those made from its data.
  package var alternative: String?
  /// Address of the CSV file with the data.
  package var csvLink: String?
  /// Address of the JSON file with the whole result.
  package var jsonLink: String?
  /// Markup after the caption and beside the data, such as the block's text in a disclosure.
  package var extra: String?
  /// Nominal width of a panel in pixels; `nil` chooses by how many there are.
  package var width: Int?
  /// Nominal height of a plot in pixels; `nil` chooses.
  package var height: Int?
  /// BCP 47 tag of the language that the figure's own words are in.
  package var language: String

  /// A figure that chooses its own measures. The caption is written as it is; addresses are escaped.
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
  /// A `<figure>` with panels, legend, caption and the data in a disclosure. Ids in it are the
  /// given one or start with it and a hyphen.
  package var html: String
  /// The panels as SVG files that need no style sheet.
  package var svg: [String]
  /// What the figure shows, in a few sentences of plain text.
  package var description: String
  /// The data of all panels in the form of RFC 4180.
  package var csv: String
}
