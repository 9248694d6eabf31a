// Prints the report of every short training: the lines that `run.mjs` must print for the
// WebAssembly module.

for index in Trainings.all.indices { print(Trainings.report(index)) }
