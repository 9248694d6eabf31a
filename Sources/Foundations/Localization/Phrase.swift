/// A text that the program itself writes, in any language: one case for each text, with the values
/// that go into it.
///
/// The texts are in `Words+English.swift` and its siblings, one file per language. A value of type
/// `Int` may change the words around it, as in a plural; strings are inserted as they are.
package enum Phrase: Sendable, Hashable {
  // MARK: Punctuation

  case comma
  case semicolon
  case colon
  case sentenceBreak
  case sentenceEnd
  case sentenceGap
  case listComma
  case listEnd

  // MARK: Shared by figures and tables

  case value
  case table
  case mean
  case minimum
  case maximum
  case standardDeviation
  case median
  case group
  case points
  case noData
  case nothingToDraw
  case deviation

  // MARK: Figures

  case data
  case wholeData
  case wholeResult
  case play
  case valuesAlone
  case values(title: String)
  case over(y: String, x: String)
  case rowsShown(shown: Int, total: Int)

  // MARK: Values that cannot be drawn

  case numbersNotFinite(count: Int)
  case pointsNotFinite(count: Int)
  case valuesNotFinite(count: Int)
  case cellsNotFinite(count: Int)
  case notOnLogAxis(count: Int)

  // MARK: Lines

  case theLine
  case atPlace(place: String)
  case lineIs(name: String, value: String, place: String)
  case lineStays(name: String, value: String)
  case lineBeginsAndEnds(name: String, value: String)
  case lineFalls(name: String, from: String, to: String)
  case lineRises(name: String, from: String, to: String)
  case lineSpan(from: String, to: String)
  case lineMinimum(value: String, place: String)
  case lineMaximum(value: String, place: String)
  case linesSummary(count: Int, lowName: String, low: String, highName: String, high: String)
  case lineHasNoNumber(name: String)
  case lineBecomesInfinite(name: String, place: String)
  case lineIsNoNumber(name: String, place: String)
  case lineGaps(count: Int, total: Int, name: String)
  case lineReordered(name: String)
  case lineReachesFirst(name: String, value: String, place: String)
  case dataPoints(count: Int)

  // MARK: Points and fields

  case pointSet
  case pointsRange(
    name: String, count: Int, x: String, xLow: String, xHigh: String, y: String, yLow: String,
    yHigh: String)
  case onePointDrawnIn(count: Int)
  case surfaceRange(name: String, low: String, x: String, y: String, high: String)
  case pathEnds(name: String, x: String, y: String, steps: Int)

  // MARK: Decision boundaries

  case classifierOverPlane
  case classOnShare(name: String, share: String)
  case classifierSays(shares: String)
  case pointsOnOwnSide(count: Int, total: Int)
  case noShadeWithoutNumber
  case classColumn
  case shareOfPlane
  case onOwnSide

  // MARK: Heat maps

  case row
  case column
  case cellAt(row: String, column: String)
  case matrixRange(
    rows: Int, columns: Int, low: String, lowCell: String, high: String, highCell: String)
  case onDiagonal(count: String, total: String)
  case tableTooLarge(rows: Int, columns: Int)

  // MARK: Images

  case images
  case noImages
  case imagesOfSize(count: Int, width: Int, height: Int)
  case imagesMarked(right: Int, wrong: Int)

  // MARK: Bars, boxes and distributions

  case barRange(count: Int, low: String, lowName: String, high: String, highName: String)
  case boxSummary(
    name: String, median: String, lower: String, upper: String, minimum: String, maximum: String)
  case lowerQuartile
  case upperQuartile
  case noCounts(name: String)
  case distribution(name: String, mean: String, deviation: String, low: String, high: String)
  case theValues
  case deviationGoes(name: String, from: String, fromGroup: String, to: String, toGroup: String)

  // MARK: Graphs and networks

  case computationGraph
  case valueForward
  case gradientBackward
  case edgeGradient(gradient: String)
  case edgeValue(from: String, to: String, value: String, gradient: String)
  case resultValue(value: String, gradient: String)
  case nodesAndEdges(nodes: Int, edges: Int)
  case network
  case backwardFlow
  case giving(shape: String)
  case timesRepeated(count: Int, layers: String)
  case withBypass(layers: String, join: String)
  case sideBySide(branches: String, join: String)
  case thenLayer
  case gradientsFlowBack
  case inputToOutput
  case layerWithUnits(name: String, units: Int)

  // MARK: Tables

  case tableOfSize(rows: Int, columns: Int)
  case bestOf(column: String, value: String, row: String)

  // MARK: Experiments

  case training
  case heldOut
  case epoch
  case layer
  case loss
  case trainingLoss
  case testLoss
  case accuracy
  case trainingAccuracy
  case testAccuracy
  case learningRate
  case gradientNorm
  case outputVariance
  case outputMean
  case shareSaturated
  case shareActive
  case shareOfZeros
  case parameters
  case multiplyAdds
  case outputShape
  case derivative
  case name
  case formula
  case range
  case curve
  case meaning
  case arguments
  case decisionBoundary
  case trajectory
  case lossLandscape
  case firstDirection
  case secondDirection
  case fit
  case confusionMatrix
  case sampleCount
  case trueClass
  case predictedClass
  case predictions
  case firstLayerFilters
  case weightsBefore
  case weightsAfter
  case weight
  case output
  case gradient
  case shownBlock
  case step
  case relativeError
  case analytic
  case numeric
  case node
  case distinctUnits
  case chainRule
  case input
  case firstLayer
  case lastLayer
  case passForward
  case passLoss
  case passBackward
  case passUpdate

  // MARK: Runs

  case epochsTrained(count: Int, optimizer: String)
  case stepsTrained(count: Int, optimizer: String)
  case batchSize(count: Int)
  case seed(seed: UInt64)
  case seeds(first: UInt64, last: UInt64)
  case frozen(layers: String)
  case joined(join: String, branches: String)
  case diverged(epoch: String)

  // MARK: Articles

  case figureNumber(number: String)
  case tableNumber(number: String)
  case equationNumber(number: String)
  case tableOfContents
  case footnotes
  case backToText
  case copy
  case linkToSection
  case taskDone
  case taskOpen
  case mermaidNote
  case alertNote
  case alertTip
  case alertImportant
  case alertWarning
  case alertCaution

  // MARK: Templates

  case skipToText
  case onThisPage
  case home
  case previous
  case next
  case newer
  case older
  case categories
  case tags
  case allArticles
  case updated
  case draft
  case menu
  case themeSwitch
  case search
  case searchHint
  case nothingFound
  case searchNeedsScript
  case notFound
  case notFoundHint
  case movedTo
  case undated
  case feed
  case builtWith
}
