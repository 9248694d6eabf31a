import DecimalText
import Diagnostics

extension Claim {
  /// Errors in the names that the claim uses, found before anything is run.
  func mistakes(in scope: ResultScope, path: String) -> [Diagnostic] {
    ([left] + relation.expressions).flatMap(\.names).compactMap { name, selectors in
      do throws(Diagnostic) {
        _ = try MetricReference(name, selectors, in: scope, path: path)
        return nil
      } catch {
        return error
      }
    }
  }

  /// `nil` if the claim holds for an outcome; otherwise a diagnostic at the claim with the actual
  /// value.
  func mistake(in experiment: Experiment, _ outcome: Outcome) -> Diagnostic? {
    let path = experiment.file.path
    let scope = experiment.scope
    func value(_ expression: Expression) throws(Diagnostic) -> Double {
      try expression.value { (name, selectors) throws(Diagnostic) -> Double in
        try MetricReference(name, selectors, in: scope, path: path)
          .value(in: outcome, of: experiment, path: path)
      }
    }
    do throws(Diagnostic) {
      let found = try value(left)
      switch relation {
      case .comparison(let comparison, let right):
        let bound = try value(right)
        guard !comparison.holds(found, bound) else { return nil }
        let rightIsNumber = if case .number = right { true } else { false }
        return failed(
          expected: rightIsNumber
            ? "\(comparison.rawValue) \(number(bound))"
            : "\(comparison.rawValue) \(number(bound)), the right side",
          found, by: comparison == .notEqual ? nil : (found - bound).magnitude, of: bound, path)
      case .within(let low, let high):
        let (low, high) = (try value(low), try value(high))
        guard !(found >= low && found <= high) else { return nil }
        let distance = found < low ? low - found : found - high
        return failed(
          expected: "from \(number(low)) to \(number(high))", found, by: distance,
          of: found < low ? low : high, path)
      case .near(let target, let tolerance, let isRelative):
        let (target, tolerance) = (try value(target), try value(tolerance))
        let most = isRelative ? target.magnitude * tolerance / 100 : tolerance
        guard !((found - target).magnitude <= most) else { return nil }
        return failed(
          expected: "\(number(target)) ± \(number(tolerance))\(isRelative ? "%" : "")", found,
          by: (found - target).magnitude, of: target, path)
      }
    } catch {
      return error
    }
  }

  private func number(_ value: Double) -> String { significant(value, 6) }

  private func failed(
    expected: String, _ found: Double, by distance: Double?, of bound: Double, _ path: String
  ) -> Diagnostic {
    var message = "the claim does not hold: expected \(expected), got \(number(found))"
    if let distance, distance.isFinite {
      message += ", off by \(significant(distance, 3))"
      if bound != 0, bound.isFinite {
        message += " (\(significant(100 * distance / bound.magnitude, 3))%)"
      }
    }
    return Diagnostic(
      "nn.claim-failed", path: path, range: range, message: message,
      hint: "change the claim, or what it is about")
  }
}
