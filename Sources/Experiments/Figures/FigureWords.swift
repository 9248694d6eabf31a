/// The words that figures say by themselves, in the page's language.
struct FigureWords: Sendable {
  let isChinese: Bool

  init(language: String) {
    isChinese = language.lowercased().hasPrefix("zh")
  }

  private func say(_ english: String, _ chinese: String) -> String {
    isChinese ? chinese : english
  }

  var training: String { say("training", "训练集") }
  var heldOut: String { say("held out", "测试集") }
  var epoch: String { say("epoch", "轮次") }
  var layer: String { say("layer", "层") }
  var loss: String { say("loss", "损失") }
  var trainingLoss: String { say("training loss", "训练损失") }
  var testLoss: String { say("loss, held out", "测试损失") }
  var accuracy: String { say("accuracy", "准确率") }
  var trainingAccuracy: String { say("training accuracy", "训练准确率") }
  var testAccuracy: String { say("accuracy, held out", "测试准确率") }
  var rate: String { say("learning rate", "学习率") }
  var gradientNorm: String { say("gradient norm", "梯度范数") }
  var variance: String { say("variance of the outputs", "输出方差") }
  var mean: String { say("mean of the outputs", "输出均值") }
  var saturated: String { say("share saturated", "饱和比例") }
  var active: String { say("share active", "激活比例") }
  var sparsity: String { say("share of zeros", "零值比例") }
  var parameters: String { say("parameters", "参数") }
  var multiplyAdds: String { say("multiply-adds", "乘加次数") }
  var shape: String { say("output", "输出") }
  var value: String { say("value", "值") }
  var derivative: String { say("derivative", "导数") }
  var name: String { say("name", "名称") }
  var formula: String { say("formula", "公式") }
  var range: String { say("range", "值域") }
  var curve: String { say("curve", "曲线") }
  var aliases: String { say("also", "别名") }
  var meaning: String { say("meaning", "含义") }
  var arguments: String { say("arguments", "参数") }
  var decisionBoundary: String { say("decision boundary", "决策边界") }
  var way: String { say("training", "训练路径") }
  var lossLandscape: String { say("loss landscape", "损失曲面") }
  var firstDirection: String { say("first direction of the way", "路径的第一主方向") }
  var secondDirection: String { say("second direction of the way", "路径的第二主方向") }
  var fit: String { say("fit", "拟合") }
  var confusion: String { say("confusion", "混淆矩阵") }
  var samples: String { say("samples", "样本数") }
  var truth: String { say("class", "真实类别") }
  var predicted: String { say("predicted", "预测类别") }
  var predictions: String { say("predictions", "预测") }
  var filters: String { say("filters of the first layer", "第一层的滤波器") }
  var weightsBefore: String { say("before", "训练前") }
  var weightsAfter: String { say("after", "训练后") }
  var weight: String { say("weight", "权重") }
  var output: String { say("output", "输出") }
  var gradient: String { say("gradient", "梯度") }
  var shownBlock: String { say("Block", "代码") }
  var runs: String { say("runs", "次运行") }
  var step: String { say("step", "步骤") }
  var error: String { say("relative error", "相对误差") }
  var analytic: String { say("analytic", "解析") }
  var numeric: String { say("numeric", "数值") }
  var least: String { say("least", "最小") }
  var greatest: String { say("greatest", "最大") }
  var deviation: String { say("deviation", "标准差") }
  var average: String { say("mean", "均值") }
  var node: String { say("node", "节点") }
  var units: String { say("units", "单元") }
  var distinct: String { say("distinct units", "不同的单元") }
  var chainRule: String { say("chain rule", "链式法则") }

  // MARK: What was run

  var clauseEnd: String { say("; ", "；") }
  var sentenceEnd: String { say(".", "。") }

  func trained(epochs: Int, by optimizer: String) -> String {
    say(
      "\(epochs) \(epochs == 1 ? "epoch" : "epochs") of \(optimizer)", "\(optimizer) 训练 \(epochs) 轮"
    )
  }

  func trained(steps: Int, by optimizer: String) -> String {
    say("\(steps) \(steps == 1 ? "step" : "steps") of \(optimizer)", "\(optimizer) 训练 \(steps) 步")
  }

  func batch(_ count: Int) -> String { say("batch \(count)", "批量 \(count)") }
  func seed(_ seed: UInt64) -> String { say("seed \(seed)", "随机种子 \(seed)") }

  func seeds(_ first: UInt64, to last: UInt64) -> String {
    say("seeds \(first) to \(last)", "随机种子 \(first) 至 \(last)")
  }

  func frozen(_ layers: String) -> String { say("frozen (\(layers))", "冻结 (\(layers))") }

  func joined(_ join: String, of branches: String) -> String {
    say("\(join) of (\(branches))", "\(join) (\(branches))")
  }

  func diverged(_ epoch: String) -> String {
    say("diverged in epoch \(epoch)", "第 \(epoch) 轮发散")
  }
}
