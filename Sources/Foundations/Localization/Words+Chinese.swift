extension Words {
  package static let chinese = Words(
    tag: "zh", day: { year, month, day in "\(year)年\(month)月\(day)日" }, text: chineseText)

  private static func chineseText(_ phrase: Phrase) -> String {
    switch phrase {
    // MARK: Punctuation

    case .comma: "，"
    case .semicolon: "；"
    case .colon: "："
    case .sentenceBreak: "。"
    case .sentenceEnd: "。"
    case .sentenceGap: ""
    case .listComma: "、"
    case .listEnd: "和"

    // MARK: Shared by figures and tables

    case .value: "值"
    case .table: "表格"
    case .mean: "均值"
    case .minimum: "最小"
    case .maximum: "最大"
    case .standardDeviation: "标准差"
    case .median: "中位数"
    case .group: "组"
    case .points: "点数"
    case .noData: "没有数据"
    case .nothingToDraw: "没有可画的数据"
    case .deviation: "标准差"

    // MARK: Figures

    case .data: "数据"
    case .wholeData: "完整数据（CSV）"
    case .wholeResult: "完整结果（JSON）"
    case .play: "播放"
    case .valuesAlone: "数值"
    case .values(let title): "数值：\(title)"
    case .over(let y, let x): "\(y)随\(x)的变化"
    case .rowsShown(let shown, let total): "共 \(total) 行，显示 \(shown) 行"

    // MARK: Values that cannot be drawn

    case .numbersNotFinite(let count): "\(count) 个数不是有限数，没有画出"
    case .pointsNotFinite(let count): "\(count) 个点不是有限数，没有画出"
    case .valuesNotFinite(let count): "\(count) 个值不是有限数"
    case .cellsNotFinite(let count): "\(count) 个格不是有限数"
    case .notOnLogAxis(let count): "\(count) 个值不是正数，无法画在对数轴上"

    // MARK: Lines

    case .theLine: "曲线"
    case .atPlace(let place): "在 \(place)"
    case .lineIs(let name, let value, let place): "\(name)\(place)为 \(value)"
    case .lineStays(let name, let value): "\(name)保持在 \(value)"
    case .lineBeginsAndEnds(let name, let value): "\(name)起止都是 \(value)"
    case .lineFalls(let name, let from, let to): "\(name)从 \(from) 降到 \(to)"
    case .lineRises(let name, let from, let to): "\(name)从 \(from) 升到 \(to)"
    case .lineSpan(let from, let to): "（\(from) 到 \(to)）"
    case .lineMinimum(let value, let place): "，最低 \(value)（\(place)）"
    case .lineMaximum(let value, let place): "，最高 \(value)（\(place)）"
    case .linesSummary(let count, let lowName, let low, let highName, let high):
      "共 \(count) 条线；最终 \(lowName) 最小（\(low)），\(highName) 最大（\(high)）"
    case .lineHasNoNumber(let name): "\(name)没有可画的有限数值"
    case .lineBecomesInfinite(let name, let place): "\(name)\(place)变为无穷，线到此为止"
    case .lineIsNoNumber(let name, let place): "\(name)从 \(place) 起不是数，线到此为止"
    case .lineGaps(let count, let total, let name): "\(name)的 \(total) 个值中有 \(count) 个不是有限数，留为空缺"
    case .lineReordered(let name): "\(name)的值已按横坐标排序"
    case .lineReachesFirst(let name, let value, let place): "\(name) 最先降到 \(value)（\(place)）"
    case .dataPoints(let count): "\(count) 个数据点"

    // MARK: Points and fields

    case .pointSet: "组"
    case .pointsRange(let name, let count, let x, let xLow, let xHigh, let y, let yLow, let yHigh):
      "\(name)\(count) 个点，\(x) 从 \(xLow) 到 \(xHigh)，\(y) 从 \(yLow) 到 \(yHigh)"
    case .onePointDrawnIn(let count): "每 \(count) 个点画一个"
    case .surfaceRange(let name, let low, let x, let y, let high):
      "\(name)从 \(low)（在 (\(x), \(y)) 处）到 \(high)"
    case .pathEnds(let name, let x, let y, let steps): "\(name)经过 \(steps) 步到达 (\(x), \(y))"

    // MARK: Decision boundaries

    case .classifierOverPlane: "分类器在平面上的判断"
    case .classOnShare(let name, let share): "\(name) 占 \(share)%"
    case .classifierSays(let shares): "分类器的判断在所示平面上：\(shares)"
    case .pointsOnOwnSide(let count, let total): "\(total) 个点中有 \(count) 个落在自己类别的一侧"
    case .noShadeWithoutNumber: "分类器没有给出数值之处不着色"
    case .classColumn: "类别"
    case .shareOfPlane: "平面占比"
    case .onOwnSide: "在自己一侧"

    // MARK: Heat maps

    case .row: "行"
    case .column: "列"
    case .cellAt(let row, let column): "第 \(row) 行第 \(column) 列"
    case .matrixRange(let rows, let columns, let low, let lowCell, let high, let highCell):
      "\(rows) 行 \(columns) 列，从 \(low)（\(lowCell)）到 \(high)（\(highCell)）"
    case .onDiagonal(let count, let total): "共 \(total)，其中 \(count) 在对角线上"
    case .tableTooLarge(let rows, let columns): "\(rows) 行 \(columns) 列，页面上放不下这么大的表格。"

    // MARK: Images

    case .images: "图像"
    case .noImages: "没有图像"
    case .imagesOfSize(let count, let width, let height): "\(count) 幅 \(width) × \(height) 像素的图像"
    case .imagesMarked(let right, let wrong): "\(right) 幅正确，\(wrong) 幅错误"

    // MARK: Bars, boxes and distributions

    case .barRange(let count, let low, let lowName, let high, let highName):
      "\(count) 根柱，从 \(low)（\(lowName)）到 \(high)（\(highName)）"
    case .boxSummary(let name, let median, let lower, let upper, let minimum, let maximum):
      "\(name)：中位数 \(median)，半数在 \(lower) 与 \(upper) 之间，范围 \(minimum) 到 \(maximum)"
    case .lowerQuartile: "下四分位"
    case .upperQuartile: "上四分位"
    case .noCounts(let name): "\(name)没有计数"
    case .distribution(let name, let mean, let deviation, let low, let high):
      "\(name)约为 \(mean) ± \(deviation)，最常落在 \(low) 与 \(high) 之间"
    case .theValues: "数值"
    case .deviationGoes(let name, let from, let fromGroup, let to, let toGroup):
      "\(name)的标准差从 \(from)（\(fromGroup)）变到 \(to)（\(toGroup)）"

    // MARK: Graphs and networks

    case .computationGraph: "计算图"
    case .valueForward: "值（前向）"
    case .gradientBackward: "梯度（反向）"
    case .edgeGradient(let gradient): "，梯度 \(gradient)"
    case .edgeValue(let from, let to, let value, let gradient):
      "\(from) 到 \(to)：\(value)\(gradient)"
    case .resultValue(let value, let gradient): "结果为 \(value)\(gradient)"
    case .nodesAndEdges(let nodes, let edges): "\(nodes) 个节点，\(edges) 条边"
    case .network: "网络结构"
    case .backwardFlow: "网络中的反向传播"
    case .giving(let shape): "（输出 \(shape)）"
    case .timesRepeated(let count, let layers): "重复 \(count) 次（\(layers)）"
    case .withBypass(let layers, let join): "（\(layers)）并有旁路，以 \(join) 汇合"
    case .sideBySide(let branches, let join): "并联 \(branches)，以 \(join) 汇合"
    case .thenLayer: "，然后 "
    case .gradientsFlowBack: "梯度反向流过："
    case .inputToOutput: "从输入到输出："
    case .layerWithUnits(let name, let units): "\(name)（\(units) 个单元）"

    // MARK: Tables

    case .tableOfSize(let rows, let columns): "\(rows) 行 \(columns) 列的表格"
    case .bestOf(let column, let value, let row): "\(column) 最好的是 \(value)（\(row)）"

    // MARK: Experiments

    case .training: "训练集"
    case .heldOut: "测试集"
    case .epoch: "轮次"
    case .layer: "层"
    case .loss: "损失"
    case .trainingLoss: "训练损失"
    case .testLoss: "测试损失"
    case .accuracy: "准确率"
    case .trainingAccuracy: "训练准确率"
    case .testAccuracy: "测试准确率"
    case .learningRate: "学习率"
    case .gradientNorm: "梯度范数"
    case .outputVariance: "输出方差"
    case .outputMean: "输出均值"
    case .shareSaturated: "饱和比例"
    case .shareActive: "激活比例"
    case .shareOfZeros: "零值比例"
    case .parameters: "参数"
    case .multiplyAdds: "乘加次数"
    case .outputShape: "输出"
    case .derivative: "导数"
    case .name: "名称"
    case .formula: "公式"
    case .range: "值域"
    case .curve: "曲线"
    case .meaning: "含义"
    case .arguments: "参数"
    case .decisionBoundary: "决策边界"
    case .trajectory: "训练路径"
    case .lossLandscape: "损失曲面"
    case .firstDirection: "路径的第一主方向"
    case .secondDirection: "路径的第二主方向"
    case .fit: "拟合"
    case .confusionMatrix: "混淆矩阵"
    case .sampleCount: "样本数"
    case .trueClass: "真实类别"
    case .predictedClass: "预测类别"
    case .predictions: "预测"
    case .firstLayerFilters: "第一层的滤波器"
    case .weightsBefore: "训练前"
    case .weightsAfter: "训练后"
    case .weight: "权重"
    case .output: "输出"
    case .gradient: "梯度"
    case .shownBlock: "代码"
    case .step: "步骤"
    case .relativeError: "相对误差"
    case .analytic: "解析"
    case .numeric: "数值"
    case .node: "节点"
    case .distinctUnits: "不同的单元"
    case .chainRule: "链式法则"
    case .input: "输入"
    case .firstLayer: "第一层"
    case .lastLayer: "最后一层"
    case .passForward: "前向"
    case .passLoss: "损失"
    case .passBackward: "反向"
    case .passUpdate: "更新"

    // MARK: Runs

    case .epochsTrained(let count, let optimizer): "\(optimizer) 训练 \(count) 轮"
    case .stepsTrained(let count, let optimizer): "\(optimizer) 训练 \(count) 步"
    case .batchSize(let count): "批量 \(count)"
    case .seed(let seed): "随机种子 \(seed)"
    case .seeds(let first, let last): "随机种子 \(first) 至 \(last)"
    case .frozen(let layers): "冻结 (\(layers))"
    case .joined(let join, let branches): "\(join) (\(branches))"
    case .diverged(let epoch): "第 \(epoch) 轮发散"

    // MARK: Articles

    case .figureNumber(let number): "图 \(number)"
    case .tableNumber(let number): "表 \(number)"
    case .equationNumber(let number): "公式(\(number))"
    case .tableOfContents: "目录"
    case .footnotes: "脚注"
    case .backToText: "返回正文"
    case .copy: "复制"
    case .linkToSection: "本节链接"
    case .taskDone: "已完成"
    case .taskOpen: "未完成"
    case .mermaidNote: "Mermaid 图的源码。"
    case .alertNote: "注"
    case .alertTip: "提示"
    case .alertImportant: "重要"
    case .alertWarning: "警告"
    case .alertCaution: "小心"

    // MARK: Templates

    case .skipToText: "跳到正文"
    case .onThisPage: "本页目录"
    case .home: "首页"
    case .previous: "上一篇"
    case .next: "下一篇"
    case .newer: "较新"
    case .older: "较早"
    case .categories: "分类"
    case .tags: "标签"
    case .allArticles: "全部文章"
    case .updated: "更新于"
    case .draft: "草稿"
    case .menu: "菜单"
    case .themeSwitch: "明暗切换"
    case .search: "搜索"
    case .searchHint: "要查找的词"
    case .nothingFound: "没有找到。"
    case .searchNeedsScript: "搜索需要 JavaScript；文章列表则不需要。"
    case .notFound: "没有这个页面"
    case .notFoundHint: "它可能已经移走，或者地址有误。"
    case .movedTo: "本页已移至"
    case .undated: "无日期"
    case .feed: "订阅"
    case .builtWith: "由 sitegen 生成：页面中的每一幅图都在构建时计算得出。"
    }
  }
}
