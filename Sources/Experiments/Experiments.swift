/// Experiments
