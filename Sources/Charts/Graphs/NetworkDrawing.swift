/// A network's layers from input to output, as boxes or, where they are narrow, as units and their
/// connections.
package struct NetworkDrawing: Chart {
  /// A box of the drawing.
  package struct Layer: Sendable {
    /// What a layer does; each kind has a color of its own.
    package enum Kind: Int, Sendable, CaseIterable {
      /// Data going in or coming out.
      case data
      /// With parameters: dense, conv.
      case weights
      /// Without: activation, pooling, dropout.
      case function
      /// Where branches part or meet: add, concat.
      case join
      /// The loss.
      case loss
    }

    /// The text in the box; may hold mathematics.
    package var name: String
    /// Second line: parameters, arguments.
    package var detail: String
    /// The shape of the output, written on the arrow after the layer: "32 × 16".
    package var shape: String
    /// Decides the color.
    package var kind: Kind
    /// Units to draw as circles in `units` style; `nil` for none.
    package var units: Int?
    /// Whether its parameters stay as they are.
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

  /// A network as it was written.
  package indirect enum Part: Sendable {
    case layer(Layer)
    /// The part n times, drawn once in a frame with the count.
    case repeated(Int, [Part])
    /// The parts, and a bypass; `join` is where both meet.
    case residual([Part], join: Layer)
    case branches([[Part]], join: Layer)
  }

  /// How layers are drawn.
  package enum Look: Sendable {
    /// Boxes joined by arrows.
    case boxes
    /// Circles for units, lines for weights; for stacks of dense layers.
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
  /// Words in place of the description made from the data.
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
