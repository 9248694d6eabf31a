/// A network's layers from input to output, as boxes or, where they are narrow, as units and their
/// connections.
package struct NetworkDrawing: Chart {
  /// A box of the drawing.
  package struct Layer: Sendable {
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

    package var name: String
    /// Second line: parameters, arguments.
    package var detail: String
    /// What comes out, written on the arrow behind: "32 × 16".
    package var shape: String
    package var kind: Kind
    /// Units to draw as circles in `units` style; `nil` for none.
    package var units: Int?
    /// Whether its parameters stay as they are.
    package var isFrozen: Bool

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
    /// The part n times, drawn once in a frame that says so.
    case repeated(Int, [Part])
    /// The parts, and a way around them; `join` is where both meet.
    case residual([Part], join: Layer)
    case branches([[Part]], join: Layer)
  }

  package enum Look: Sendable {
    /// Boxes joined by arrows.
    case boxes
    /// Circles for units, lines for weights; for stacks of dense layers.
    case units
  }

  package enum Direction: Sendable {
    case forward
    /// What flows back: arrows from the loss to the input, with what goes to x and to w.
    case backward
  }

  package var title: String
  package var parts: [Part]
  package var look: Look
  package var direction: Direction
  package var alternative: String?

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
