import Testing

@testable import NeuralNetworks

/// Every entry of `schedules.json`: the rate in use during each epoch.
@Suite struct ScheduleReferenceTests {
  @Test func theFileHasSchedules() throws {
    let file: ScheduleReference = try referenceFile("schedules.json")
    #expect(!file.schedules.isEmpty)
    #expect(file.schedules.allSatisfy { $0.lr.count == file.epochs })
  }

  @Test(arguments: (try? ScheduleReference.load().schedules) ?? [])
  func followsTheReference(entry: ScheduleReference.Schedule) throws {
    let epochs = try ScheduleReference.load().epochs
    let (term, base) = try entry.term()
    var schedule = try Schedule(term, base: base, epochs: epochs)
    for (epoch, expected) in entry.lr.enumerated() {
      #expect(
        abs(schedule.rate - expected) <= 1e-13 * max(1, abs(expected)),
        "\(entry.name): epoch \(epoch): \(schedule.rate), not \(expected)")
      if let momenta = entry.momentum {
        let momentum = try #require(schedule.momentum)
        #expect(abs(momentum - momenta[epoch]) <= 1e-13, "\(entry.name): momentum of \(epoch)")
      }
      schedule.endEpoch(metric: entry.metric?[epoch] ?? 0)
    }
  }

  @Test func everyScheduleOfTheCatalogueIsMade() throws {
    let required: [String: [String: Argument]] = [
      "multistep": ["milestones": .numbers([2, 4])], "triangular": ["peak": .number(0.5)],
    ]
    for entry in Registry.entries(of: .schedule) {
      let term = try entry.term(required[entry.name] ?? [:])
      let rates = try Schedule.rates(term, base: 0.1, epochs: 40)
      #expect(rates.count == 40)
      #expect(rates.allSatisfy { $0.isFinite && $0 >= 0 }, "\(entry.name): \(rates)")
    }
  }

  @Test func aPlateauOfNaNsLowersTheRate() throws {
    var schedule = try Schedule(
      Registry.term(.schedule, "plateau", ["patience": .integer(1)]), base: 1, epochs: 10)
    for _ in 0..<4 { schedule.endEpoch(metric: .nan) }
    #expect(schedule.rate == 0.1 * 0.1)
  }
}

struct ScheduleReference: Decodable {
  struct Schedule: Decodable, CustomTestStringConvertible, Sendable {
    var name: String
    var settings: [String: Setting]
    var lr: [Double]
    var momentum: [Double]?
    var metric: [Double]?

    var testDescription: String {
      let settings = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return "\(name) \(settings.joined(separator: " "))"
    }

    /// The registry's term for PyTorch's name and settings, and the base rate.
    func term() throws -> (Term, base: Double) {
      let (own, renamed, extra) = try #require(
        Self.counterparts[name], "no schedule corresponds to \(name)")
      var arguments = extra
      var base = 0.0
      for (setting, value) in settings {
        if setting == "base_lr", case .number(let rate) = value {
          base = rate
        } else if setting == "anneal_strategy" {
          arguments["anneal"] = .word(value == .word("linear") ? "linear" : "cosine")
        } else {
          arguments[renamed[setting] ?? setting] = try value.argument(of: setting)
        }
      }
      return (try Registry.term(.schedule, own, arguments), base)
    }

    private static let counterparts: [String: (String, [String: String], [String: Argument])] = [
      "StepLR": ("step", ["step_size": "every"], [:]),
      "MultiStepLR": ("multistep", [:], [:]),
      "ExponentialLR": ("exponential", [:], [:]),
      "CosineAnnealingLR": ("cosine", ["T_max": "period", "eta_min": "minimum"], [:]),
      "CosineAnnealingWarmRestarts": (
        "warm_restarts", ["T_0": "period", "T_mult": "factor", "eta_min": "minimum"], [:]
      ),
      "LinearLR": (
        "linear", ["start_factor": "start", "end_factor": "end", "total_iters": "epochs"], [:]
      ),
      "ConstantLR": ("hold", ["total_iters": "epochs"], [:]),
      "PolynomialLR": ("polynomial", ["total_iters": "period"], [:]),
      "OneCycleLR": (
        "one_cycle",
        [
          "max_lr": "peak", "total_steps": "period", "pct_start": "share", "div_factor": "divisor",
          "final_div_factor": "final_divisor",
        ], ["cycle_momentum": .flag(true)]
      ),
      "LambdaLR_inverse_time": ("inverse_time", [:], [:]),
      "CyclicLR_triangular": ("triangular", ["max_lr": "peak", "step_size_up": "epochs"], [:]),
      "Warmup_then_cosine": (
        "warmup", ["warm": "epochs"], ["then": .word("cosine"), "start": .number(0.1)]
      ),
      "ReduceLROnPlateau": ("plateau", ["min_lr": "min_rate"], [:]),
    ]
  }

  var epochs: Int
  var schedules: [Schedule]

  static func load() throws -> ScheduleReference { try referenceFile("schedules.json") }
}
