/// Tensors
