// The exports that Node calls: reports of short trainings, as UTF-8 in the module's memory.

nonisolated(unsafe) private var report: [UInt8] = []

@_cdecl("training_count")
func trainingCount() -> Int32 { Int32(Trainings.all.count) }

/// Runs a training and keeps its report. Returns the number of its bytes.
@_cdecl("run_training")
func runTraining(_ index: Int32) -> Int32 {
  unsafe report = Array(Trainings.report(Int(index)).utf8)
  return unsafe Int32(report.count)
}

/// Copies the report to the caller's memory.
@_cdecl("copy_report")
func copyReport(_ target: UnsafeMutablePointer<UInt8>) {
  for index in unsafe report.indices { unsafe target[index] = report[index] }
}
