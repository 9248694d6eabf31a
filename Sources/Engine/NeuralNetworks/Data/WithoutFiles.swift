#if hasFeature(Embedded)
  internal import Tensors

  // Where there is no file system, the readers of `Data/Files` are left out: a term that names
  // files is refused.

  extension Dataset {
    static func paths(of term: Term) -> [String] { [] }

    static func read(_ term: Term, files: Engine.Files) throws(EngineError) -> Dataset {
      throw .option("data", problem: "`\(term.name)` reads files, and there are none here")
    }
  }

  extension WeightPreparation {
    func load<S: Scalar>(_ path: String, _ plan: ExecutionPlan<S>) throws(EngineError) {
      throw .file(path: path, place: nil, problem: "there is no such file")
    }
  }
#endif
