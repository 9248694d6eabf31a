extension Words {
  package static let english = Words(
    tag: "en",
    day: { year, month, day in "\(day) \(englishMonths[month - 1]) \(year)" },
    text: englishText)

  private static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static func englishText(_ phrase: Phrase) -> String {
    switch phrase {
    // MARK: Punctuation

    case .comma: ", "
    case .semicolon: "; "
    case .colon: ": "
    case .sentenceBreak: ". "
    case .sentenceEnd: "."
    case .sentenceGap: " "
    case .listComma: ", "
    case .listEnd: " and "

    // MARK: Shared by figures and tables

    case .value: "value"
    case .table: "table"
    case .mean: "mean"
    case .minimum: "minimum"
    case .maximum: "maximum"
    case .standardDeviation: "standard deviation"
    case .median: "median"
    case .group: "group"
    case .points: "points"
    case .noData: "no data"
    case .nothingToDraw: "There is no data to draw"
    case .deviation: "deviation"

    // MARK: Figures

    case .data: "Data"
    case .wholeData: "all of it as CSV"
    case .wholeResult: "the whole result as JSON"
    case .play: "Play"
    case .valuesAlone: "Values"
    case .values(let title): "Values: \(title)"
    case .over(let y, let x): "\(y) over \(x)"
    case .rowsShown(let shown, let total): "\(shown) of \(total) rows"

    // MARK: Values that cannot be drawn

    case .numbersNotFinite(let count):
      count == 1
        ? "one number is not finite and not drawn"
        : "\(count) numbers are not finite and not drawn"
    case .pointsNotFinite(let count):
      count == 1
        ? "one point is not finite and not drawn"
        : "\(count) points are not finite and not drawn"
    case .valuesNotFinite(let count): "\(count) values are not finite"
    case .cellsNotFinite(let count): "\(count) cells are not finite"
    case .notOnLogAxis(let count):
      "\(count) values are not positive and have no place on the logarithmic axis"

    // MARK: Lines

    case .theLine: "the line"
    case .atPlace(let place): "at \(place)"
    case .lineIs(let name, let value, let place): "\(name) is \(value) \(place)"
    case .lineStays(let name, let value): "\(name) stays at \(value)"
    case .lineBeginsAndEnds(let name, let value): "\(name) begins and ends at \(value)"
    case .lineFalls(let name, let from, let to): "\(name) falls from \(from) to \(to)"
    case .lineRises(let name, let from, let to): "\(name) rises from \(from) to \(to)"
    case .lineSpan(let from, let to): " between \(from) and \(to)"
    case .lineMinimum(let value, let place): ", minimum \(value) \(place)"
    case .lineMaximum(let value, let place): ", maximum \(value) \(place)"
    case .linesSummary(let count, let lowName, let low, let highName, let high):
      "\(count) lines; at the end \(lowName) is lowest with \(low) and \(highName) highest with \(high)"
    case .lineHasNoNumber(let name): "\(name) has no finite number to draw"
    case .lineBecomesInfinite(let name, let place):
      "\(name) becomes infinite \(place) and its line ends there"
    case .lineIsNoNumber(let name, let place):
      "\(name) is not a number from \(place) on and its line ends there"
    case .lineGaps(let count, let total, let name):
      "\(count) of \(total) values of \(name) are not finite and leave gaps"
    case .lineReordered(let name): "the values of \(name) were put in order of x"
    case .lineReachesFirst(let name, let value, let place):
      "\(name) reaches \(value) first, \(place)"
    case .dataPoints(let count): "\(count) points of data"

    // MARK: Points and fields

    case .pointSet: "set"
    case .pointsRange(let name, let count, let x, let xLow, let xHigh, let y, let yLow, let yHigh):
      "\(name)\(count) points, \(x) from \(xLow) to \(xHigh), \(y) from \(yLow) to \(yHigh)"
    case .onePointDrawnIn(let count): "one point in \(count) is drawn"
    case .surfaceRange(let name, let low, let x, let y, let high):
      "\(name) from \(low), at (\(x), \(y)), to \(high)"
    case .pathEnds(let name, let x, let y, let steps):
      "\(name) ends at (\(x), \(y)) after \(steps) steps"

    // MARK: Decision boundaries

    case .classifierOverPlane: "what the classifier says over the plane"
    case .classOnShare(let name, let share): "\(name) on \(share)%"
    case .classifierSays(let shares): "The classifier says \(shares) of the plane shown"
    case .pointsOnOwnSide(let count, let total):
      "\(count) of \(total) points are on the side of their own class"
    case .noShadeWithoutNumber: "where the classifier gives no number nothing is shaded"
    case .classColumn: "class"
    case .shareOfPlane: "share of the plane"
    case .onOwnSide: "on its own side"

    // MARK: Heat maps

    case .row: "row"
    case .column: "column"
    case .cellAt(let row, let column): "row \(row), column \(column)"
    case .matrixRange(let rows, let columns, let low, let lowCell, let high, let highCell):
      "\(rows) rows and \(columns) columns, from \(low) (\(lowCell)) to \(high) (\(highCell))"
    case .onDiagonal(let count, let total): "\(count) of \(total) are on the diagonal"
    case .tableTooLarge(let rows, let columns):
      "\(rows) rows of \(columns) numbers are more than a page can show as a table."

    // MARK: Images

    case .images: "images"
    case .noImages: "There are no images"
    case .imagesOfSize(let count, let width, let height):
      "\(count) images of \(width) × \(height) pixels"
    case .imagesMarked(let right, let wrong): "\(right) are marked right and \(wrong) wrong"

    // MARK: Bars, boxes and distributions

    case .barRange(let count, let low, let lowName, let high, let highName):
      "\(count) bars, from \(low) (\(lowName)) to \(high) (\(highName))"
    case .boxSummary(let name, let median, let lower, let upper, let minimum, let maximum):
      "\(name): median \(median), half between \(lower) and \(upper), all from \(minimum) to \(maximum)"
    case .lowerQuartile: "lower quartile"
    case .upperQuartile: "upper quartile"
    case .noCounts(let name): "\(name) has no counts"
    case .distribution(let name, let mean, let deviation, let low, let high):
      "\(name) has mean \(mean) ± \(deviation), most often between \(low) and \(high)"
    case .theValues: "the values"
    case .deviationGoes(let name, let from, let fromGroup, let to, let toGroup):
      "the standard deviation of \(name) goes from \(from) (\(fromGroup)) to \(to) (\(toGroup))"

    // MARK: Graphs and networks

    case .computationGraph: "computation graph"
    case .valueForward: "value, forward"
    case .gradientBackward: "gradient, backward"
    case .edgeGradient(let gradient): ", gradient \(gradient)"
    case .edgeValue(let from, let to, let value, let gradient):
      "\(from) to \(to): \(value)\(gradient)"
    case .resultValue(let value, let gradient): "the result is \(value)\(gradient)"
    case .nodesAndEdges(let nodes, let edges): "\(nodes) nodes and \(edges) edges"
    case .network: "a network"
    case .backwardFlow: "what flows back through the network"
    case .giving(let shape): " giving \(shape)"
    case .timesRepeated(let count, let layers): "\(count) times (\(layers))"
    case .withBypass(let layers, let join):
      "(\(layers)) with a connection around it, joined by \(join)"
    case .sideBySide(let branches, let join): "side by side \(branches), joined by \(join)"
    case .thenLayer: ", then "
    case .gradientsFlowBack: "Gradients flow back through "
    case .inputToOutput: "From input to output: "
    case .layerWithUnits(let name, let units): "\(name) with \(units) units"

    // MARK: Tables

    case .tableOfSize(let rows, let columns): "a table of \(rows) rows and \(columns) columns"
    case .bestOf(let column, let value, let row): "the best \(column) is \(value) (\(row))"

    // MARK: Experiments

    case .training: "training"
    case .heldOut: "held out"
    case .epoch: "epoch"
    case .layer: "layer"
    case .loss: "loss"
    case .trainingLoss: "training loss"
    case .testLoss: "loss, held out"
    case .accuracy: "accuracy"
    case .trainingAccuracy: "training accuracy"
    case .testAccuracy: "accuracy, held out"
    case .learningRate: "learning rate"
    case .gradientNorm: "gradient norm"
    case .outputVariance: "variance of the outputs"
    case .outputMean: "mean of the outputs"
    case .shareSaturated: "share saturated"
    case .shareActive: "share active"
    case .shareOfZeros: "share of zeros"
    case .parameters: "parameters"
    case .multiplyAdds: "multiply-adds"
    case .outputShape: "output"
    case .derivative: "derivative"
    case .name: "name"
    case .formula: "formula"
    case .range: "range"
    case .curve: "curve"
    case .meaning: "meaning"
    case .arguments: "arguments"
    case .decisionBoundary: "decision boundary"
    case .trajectory: "training"
    case .lossLandscape: "loss landscape"
    case .firstDirection: "first direction of the trajectory"
    case .secondDirection: "second direction of the trajectory"
    case .fit: "fit"
    case .confusionMatrix: "confusion"
    case .sampleCount: "samples"
    case .trueClass: "class"
    case .predictedClass: "predicted"
    case .predictions: "predictions"
    case .firstLayerFilters: "filters of the first layer"
    case .weightsBefore: "before"
    case .weightsAfter: "after"
    case .weight: "weight"
    case .output: "output"
    case .gradient: "gradient"
    case .shownBlock: "Block"
    case .step: "step"
    case .relativeError: "relative error"
    case .analytic: "analytic"
    case .numeric: "numeric"
    case .node: "node"
    case .distinctUnits: "distinct units"
    case .chainRule: "chain rule"
    case .input: "input"
    case .firstLayer: "layer 1"
    case .lastLayer: "last layer"
    case .passForward: "forward"
    case .passLoss: "loss"
    case .passBackward: "backward"
    case .passUpdate: "update"

    // MARK: Runs

    case .epochsTrained(let count, let optimizer):
      count == 1
        ? "1 epoch of \(optimizer)"
        : "\(count) epochs of \(optimizer)"
    case .stepsTrained(let count, let optimizer):
      count == 1
        ? "1 step of \(optimizer)"
        : "\(count) steps of \(optimizer)"
    case .batchSize(let count): "batch \(count)"
    case .seed(let seed): "seed \(seed)"
    case .seeds(let first, let last): "seeds \(first) to \(last)"
    case .frozen(let layers): "frozen (\(layers))"
    case .joined(let join, let branches): "\(join) of (\(branches))"
    case .diverged(let epoch): "diverged in epoch \(epoch)"

    // MARK: Articles

    case .figureNumber(let number): "Figure \(number)"
    case .tableNumber(let number): "Table \(number)"
    case .equationNumber(let number): "Equation (\(number))"
    case .tableOfContents: "Contents"
    case .footnotes: "Footnotes"
    case .backToText: "Back to the text"
    case .copy: "Copy"
    case .linkToSection: "Link to this section"
    case .taskDone: "done"
    case .taskOpen: "to do"
    case .mermaidNote: "A diagram in Mermaid's language, shown as its source."
    case .alertNote: "Note"
    case .alertTip: "Tip"
    case .alertImportant: "Important"
    case .alertWarning: "Warning"
    case .alertCaution: "Caution"

    // MARK: Templates

    case .skipToText: "Skip to the text"
    case .onThisPage: "On this page"
    case .home: "Home"
    case .previous: "Previous"
    case .next: "Next"
    case .newer: "Newer"
    case .older: "Older"
    case .categories: "Categories"
    case .tags: "Tags"
    case .allArticles: "All articles"
    case .updated: "Updated"
    case .draft: "Draft"
    case .menu: "Menu"
    case .themeSwitch: "Light or dark"
    case .search: "Search"
    case .searchHint: "Words to look for"
    case .nothingFound: "Nothing found."
    case .searchNeedsScript: "The search needs JavaScript; the lists of articles do without."
    case .notFound: "There is no such page"
    case .notFoundHint: "It may have moved, or the address may be mistyped."
    case .movedTo: "This page has moved to"
    case .undated: "Without a date"
    case .feed: "Feed"
    case .builtWith:
      "Built with sitegen: every figure on these pages was computed while they were built."
    }
  }
}
