import NeuralNetworks

// A process that starts, trains XOR and exits, linked with the engine only. `sitegen-bench
// training` times it as W6. It prints the trained network's outputs for the four points.

let data = Dataset(
  "xor", shape: Shape(2), inputs: [0, 0, 0, 1, 1, 0, 1, 1],
  targets: .classes([0, 1, 1, 0], names: ["0", "1"]))
var spec = TrainingSpec(
  network: [
    .term(try Registry.term(.layer, "dense", ["units": .integer(4)])),
    .term(try Registry.term(.activation, "tanh")),
    .term(try Registry.term(.layer, "dense", ["units": .integer(1)])),
  ], data: try Registry.term(.dataset, "xor"),
  optimizer: try Registry.term(.optimizer, "sgd", ["rate": .number(1)]))
spec.batch = 4
var training = try SteppedTraining(spec, on: data)
training.parameters = [
  [0.3, -0.5, -0.9, -1, 0.6, 0.8, 0.2, 0.5], [0, 0, 0, 0], [0.1, 0.9, 0.6, -1], [0],
]
let order: [Int32] = [0, 1, 2, 3]
for _ in 0..<500 { _ = training.step(order.span) }
let outputs = training.probabilities(of: order).map { "\(($0[1] * 1000).rounded() / 1000)" }
print("[" + outputs.joined(separator: ", ") + "]")
