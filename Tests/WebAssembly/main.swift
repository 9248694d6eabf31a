// Prints what every short training gives: the same lines as `run.mjs` must print of the
// WebAssembly.

for index in Trainings.all.indices { print(Trainings.report(index)) }
