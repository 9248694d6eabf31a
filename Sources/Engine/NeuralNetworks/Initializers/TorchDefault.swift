internal import Tensors

extension InitializerDefinition {
  static let torchDefault = InitializerDefinition(
    RegistryEntry(
      .initializer, "torch_default", aliases: ["pytorch"], "PyTorch's default for the layer",
      formula: #"U\left(\pm\tfrac{1}{\sqrt{n_\text{in}}}\right)"#)
  ) { $0.uniform(1 / $0.fans.fanIn.squareRoot()) }
}
