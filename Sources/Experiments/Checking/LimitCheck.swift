import DecimalText
import Diagnostics
import Markup

/// Limits the total cost of an article's blocks, and of all blocks of a build, so that the cost of
/// an untrusted article is bounded, no matter how many blocks it has. Cached results count too.
struct LimitCheck {
  let experiments: [Experiment]
  let settings: ExperimentSettings

  init(_ experiments: [Experiment], _ settings: ExperimentSettings) {
    self.experiments = experiments
    self.settings = settings
  }

  var diagnostics: [Diagnostic] {
    let pages = Dictionary(grouping: experiments, by: \.page).sorted { $0.key < $1.key }
    let most = ExperimentSettings.mostNumbers
    var found = pages.compactMap { page, blocks in
      excess(
        "nn.article-limit", "the article's blocks", blocks, settings.articleLimit, most.article)
    }
    if found.isEmpty, pages.count > 1 || settings.buildLimit < settings.articleLimit,
      let all = excess(
        "nn.build-limit", "the site's blocks", experiments, settings.buildLimit, most.build)
    {
      found.append(all)
    }
    return found
  }

  private func excess(
    _ id: Diagnostic.ID, _ whose: String, _ blocks: [Experiment], _ operations: Double,
    _ numbers: Double
  ) -> Diagnostic? {
    tooMuch(id, whose, "operations", blocks, operations, \.operations)
      ?? tooMuch(id, whose, "numbers of results", blocks, numbers, \.numbers)
  }

  private func tooMuch(
    _ id: Diagnostic.ID, _ whose: String, _ what: String, _ blocks: [Experiment], _ limit: Double,
    _ cost: (ExperimentCost) -> Double
  ) -> Diagnostic? {
    let total = blocks.reduce(0) { $0 + cost($1.cost) }
    let order = blocks.sorted { cost($0.cost) > cost($1.cost) }
    guard total > limit, let worst = order.first else { return nil }
    let numbers = NumbersApart(total, limit)
    let list = order.prefix(3).map {
      "`\($0.page)#\($0.id)` (\(NumbersApart.plain(cost($0.cost), 2)))"
    }
    return Diagnostic(
      id, path: worst.file.path, range: worst.range,
      message: "\(whose) would take \(numbers.value) \(what) together;"
        + " the limit is \(numbers.limit)",
      hint: "the largest are \(list.joined(separator: ", "))")
  }
}
