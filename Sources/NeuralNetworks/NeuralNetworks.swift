/// NeuralNetworks
