/// A network's layers from input to output, as boxes, or as units and their connections.
package struct NetworkDrawing: Chart {
  /// A box of the drawing.
  package struct Layer: Sendable {
    /// The role of a layer; each kind has its own color.
    package enum Kind: Int, Sendable, CaseIterable {
      /// Input or output data.
      case data
      /// With parameters: dense, conv.
      case weights
      /// Without parameters: activation, pooling, dropout.
      case function
      /// The end of branches: add, concat.
      case join
      /// The loss.
      case loss
    }

    /// The text in the box; may contain mathematics.
    package var name: String
    /// The second line: parameters, arguments.
    package var detail: String
    /// The shape of the output, written on the arrow after the layer: "32 × 16".
    package var shape: String
    /// Determines the color.
    package var kind: Kind
    /// Number of units drawn as circles with ``Look/units``; `nil` for none.
    package var units: Int?
    /// Whether the optimizer leaves its parameters unchanged.
    package var isFrozen: Bool

    /// A layer of the drawing.
    package init(
      _ name: String, detail: String = "", shape: String = "", kind: Kind = .function,
      units: Int? = nil, isFrozen: Bool = false
    ) {
      self.name = name
      self.detail = detail
      self.shape = shape
      self.kind = kind
      self.units = units
      self.isFrozen = isFrozen
    }
  }

  /// A part of a network, in the structure in which it was written.
  package indirect enum Part: Sendable {
    case layer(Layer)
    /// Parts repeated n times, drawn once in a frame with the count.
    case repeated(Int, [Part])
    /// Parts with a bypass around them; both meet in `join`.
    case residual([Part], join: Layer)
    case branches([[Part]], join: Layer)
  }

  /// How layers are drawn.
  package enum Look: Sendable {
    /// Boxes connected by arrows.
    case boxes
    /// Circles for units, lines for weights; suitable for stacks of dense layers.
    case units
  }

  /// The direction of the arrows.
  package enum Direction: Sendable {
    case forward
    /// Gradients: arrows from the loss to the input, with the gradients of x and w.
    case backward
  }

  /// The heading above the panel; empty for none.
  package var title: String
  /// From the input to the output.
  package var parts: [Part]
  /// Boxes or units.
  package var look: Look
  /// Forward, or backward with gradients.
  package var direction: Direction
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// A drawing of a network.
  package init(
    _ title: String = "", parts: [Part], look: Look = .boxes, direction: Direction = .forward,
    alternative: String? = nil
  ) {
    self.title = title
    self.parts = parts
    self.look = look
    self.direction = direction
    self.alternative = alternative
  }
}
