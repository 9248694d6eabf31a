import JSON
import NeuralNetworks

extension LanguageReference {
  /// A JSON schema of a block's body (draft 2020-12), for editors that validate YAML.
  package static var schema: [UInt8] {
    JSON.object([
      "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
      "title": .string("nn block"),
      "description": .string("An experiment in an article: a verb with its subject, then options."),
      "type": .string("object"),
      "oneOf": .array(Verb.allCases.map(schema)),
      "$defs": .object(
        Kind.allCases.map { JSON.Member($0.rawValue, schema(of: [$0])) } + [
          JSON.Member("layers", layersSchema),
          JSON.Member("variable", variableSchema),
        ]),
    ]).bytes
  }

  private static func schema(of verb: Verb) -> JSON {
    let options = verb.definition.options
    return .object([
      "title": .string(verb.rawValue),
      "description": .string(verb.summary),
      "type": .string("object"),
      "required": .strings([verb.rawValue] + verb.definition.requiredOptions),
      "additionalProperties": .bool(false),
      "properties": .object(
        [JSON.Member(verb.rawValue, verb.definition.subjectSchema)]
          + options.map { JSON.Member($0.name, schema(of: $0, verb)) }),
    ])
  }

  /// A reference to an entry of `$defs`.
  static func reference(_ name: String) -> JSON {
    .object(["$ref": .string("#/$defs/\(name)")])
  }

  /// Any of several schemas.
  static func any(_ schemas: [JSON]) -> JSON { .object(["anyOf": .array(schemas)]) }

  /// A list of at least one item.
  static func list(_ item: JSON) -> JSON {
    .object(["type": .string("array"), "items": item, "minItems": .number(1)])
  }

  /// A term: one of the names, with any arguments.
  private static func schema(of kinds: [Kind]) -> JSON {
    let entries = kinds.flatMap { Registry.entries(of: $0) }
    let names = entries.flatMap { [$0.name] + $0.aliases }
    let examples = entries.map { entry in
      let required = entry.parameters.filter(\.isRequired).map { "\($0.name)=…" }
      return ([entry.name] + required).joined(separator: " ")
    }
    return .object([
      "type": .string("string"),
      "pattern": .string("^(\(names.joined(separator: "|")))([ =].*)?$"),
      "examples": .strings(examples),
    ])
  }

  private static let variableSchema = JSON.object([
    "type": .string("string"), "pattern": .string("\\$[a-z][a-z0-9_]*"),
    "description": .string("a variable of `vary`"),
  ])

  /// One layer, a structure, or a list of layers. Each input matches one alternative only, so that
  /// a validator does not try them all.
  private static var layersSchema: JSON {
    func structure(_ pattern: String, _ value: JSON) -> JSON {
      .object([
        "type": .string("object"), "minProperties": .number(1), "maxProperties": .number(1),
        "patternProperties": .object([.init(pattern, value)]),
        "additionalProperties": .bool(false),
      ])
    }
    return any([
      reference("layer"), reference("activation"), reference("variable"),
      list(reference("layers")),
      structure("^(repeat .+|residual|freeze)$", reference("layers")),
      structure(
        "^branches( (join=)?(concat|add))?$",
        .object([
          "type": .string("array"), "minItems": .number(2),
          "items": any([
            reference("layers"), .object(["type": .string("array"), "maxItems": .number(0)]),
          ]),
        ])),
    ])
  }

  private static func schema(of option: BlockOption, _ verb: Verb) -> JSON {
    var members: [JSON.Member] = [.init("description", .string(option.summary))]
    if let text = option.defaultText {
      members.append(.init("default", Double(text).map { .number($0) } ?? .string(text)))
    }
    func number(_ type: String) -> JSON {
      var members = [JSON.Member("type", .string(type))]
      if let bounds = option.bounds {
        if let lower = bounds.lower {
          members.append(
            .init(bounds.excludesLower ? "exclusiveMinimum" : "minimum", .number(lower)))
        }
        if let upper = bounds.upper {
          members.append(
            .init(bounds.excludesUpper ? "exclusiveMaximum" : "maximum", .number(upper)))
        }
      }
      return any([.object(members), reference("variable")])
    }
    let text = JSON.object(["type": .string("string")])
    let value: JSON
    switch option.type {
    case .integer: value = number("integer")
    case .number: value = number("number")
    case .flag: value = any([.object(["type": .string("boolean")]), reference("variable")])
    case .word(let words):
      let plain = words.map {
        $0 == "true" ? JSON.bool(true) : $0 == "false" ? .bool(false) : .string($0)
      }
      value = any([.object(["enum": .array(plain)]), reference("variable")])
    case .show:
      let words = JSON.object(["enum": .strings(Show.words(for: verb).map(\.rawValue))])
      value = any([words, list(words)])
    case .term(let kind):
      value = any([reference(kind.kind.rawValue), reference("variable")])
    case .text: value = text
    case .range:
      value = .object([
        "type": .string("string"), "pattern": .string("^[^.]+(\\.[0-9][^.]*)?\\.\\."),
      ])
    case .shape: value = any([text, .object(["type": .string("integer")])])
    case .numbers:
      value = .object([
        "type": .string("object"),
        "additionalProperties": any([
          .object(["type": .string("number")]), reference("variable"),
        ]),
      ])
    case .names: value = list(text)
    case .variables:
      value = .object([
        "type": .string("object"),
        "propertyNames": .object(["pattern": .string("^[a-z][a-z0-9_]*$")]),
        "additionalProperties": .object(["type": .string("array"), "minItems": .number(1)]),
      ])
    case .claims: value = any([text, list(text)])
    }
    return .object(members + (value.members ?? []))
  }
}
