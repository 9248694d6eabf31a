import ArgumentParser
import Diagnostics
import Markdown

/// Parsing and rendering compared with libcmark alone, on a corpus similar to real notes.
struct MarkdownBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "markdown",
    abstract: "Measure reading and rendering of Markdown against libcmark's own HTML.")

  @Option(help: "The corpus's size in megabytes.") var megabytes = 10
  @Option(help: "How often each is measured; the best counts.") var repeats = 5

  func run() {
    let articles = MarkdownCorpus.articles(bytes: megabytes * 1_000_000)
    let bytes = articles.reduce(0) { $0 + $1.bytes.count }
    print("\(articles.count) articles, \(bytes) bytes")
    var length = 0
    let alone = measure { for article in articles { length += CMark.html(article.bytes).count } }
    let tree = measure {
      for article in articles {
        length += Document(parsing: article, options: .init(html: .pass)).nodes.count
      }
    }
    let renderer = HTMLRenderer()
    let whole = measure {
      for article in articles {
        let document = Document(parsing: article, options: .init(html: .pass))
        length += renderer.render(document).body.count
      }
    }
    let plain = measure {
      for article in articles {
        let document = Document(parsing: article, options: .commonMark(html: .pass))
        length += HTMLRenderer(markup: .plain).render(document).body.count
      }
    }
    report("libcmark's own HTML", bytes, alone, alone)
    report("the tree", bytes, tree, alone)
    report("tree and HTML", bytes, whole, alone)
    report("the same, extensions off", bytes, plain, alone)
    reportGrowth(articles, &length)
    if length == 0 { print("nothing was read") }
  }

  /// Compares all articles as one with a tenth of them as one: linear work takes ten times as long.
  private func reportGrowth(_ articles: [SourceFile], _ length: inout Int) {
    let renderer = HTMLRenderer()
    func joined(_ articles: ArraySlice<SourceFile>) -> SourceFile {
      SourceFile(path: "content/all.md", bytes: articles.flatMap(\.bytes))
    }
    func seconds(_ file: SourceFile) -> Double {
      measure {
        let document = Document(parsing: file, options: .init(html: .pass))
        length += renderer.render(document).body.count
      }
    }
    let small = joined(articles.prefix(max(1, articles.count / 10)))
    let large = joined(articles[...])
    let sizes = Double(large.bytes.count) / Double(small.bytes.count)
    let times = seconds(large) / seconds(small)
    func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
    print(
      "one article of \(large.bytes.count) bytes takes \(rounded(times)) times as long as one of",
      "\(small.bytes.count), which is \(rounded(sizes)) times smaller")
  }

  private func measure(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<repeats {
      let time = clock.measure(body)
      best = min(best, Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds))
    }
    return best
  }

  private func report(_ name: String, _ bytes: Int, _ seconds: Double, _ alone: Double) {
    let speed = (Double(bytes) / seconds / 1e5).rounded() / 10
    let ratio = (seconds / alone * 100).rounded() / 100
    print("\(name): \(speed) MB/s, \(ratio) times libcmark's time")
  }
}

/// A generated corpus: Chinese prose, some formulas, bare links on their own lines, tables, code.
enum MarkdownCorpus {
  static func articles(bytes: Int) -> [SourceFile] {
    var articles: [SourceFile] = []
    var total = 0
    var random = Random(state: 0x2545_F491_4F6C_DD1D)
    while total < bytes {
      let article = SourceFile(
        path: "content/\(articles.count).md", text: article(&random, articles.count))
      total += article.bytes.count
      articles.append(article)
    }
    return articles
  }

  private struct Random {
    var state: UInt64
    mutating func below(_ count: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(count))
    }
  }

  private static let words = [
    "神经网络", "的参数", "随机初始化", "使得", "梯度", "消失", "，", "。", "我们", "可以", "模型", "训练",
    "数据", "函数", "tanh", "ReLU", "softmax", "（", "）", "因此", "概率", "分布", "卷积", "方法",
  ]
  private static let formulas = [
    "$$w_{hj}$$", "$$\\frac{\\partial E_k}{\\partial w_{hj}}$$", "$$|x|<5$$", "$$P(A|B)$$",
  ]

  private static func sentence(_ random: inout Random) -> String {
    var text = ""
    for _ in 0..<6 + random.below(24) { text += words[random.below(words.count)] }
    switch random.below(12) {
    case 0: text += formulas[random.below(formulas.count)]
    case 1: text += "**" + words[random.below(words.count)] + "**"
    case 2: text += "`code_\(random.below(100))`"
    default: break
    }
    return text + "。"
  }

  private static func article(_ random: inout Random, _ index: Int) -> String {
    var text = "* toc\n{:toc}\n\n# 第\(index)章\n\n"
    for part in 0..<40 + random.below(40) {
      switch random.below(20) {
      case 0: text += "## \(words[random.below(words.count)])\(part)\n\n"
      case 1:
        text += "$$\\begin{align}&z_{i+1} = z_{i} \\cdot w_{i+1},\n\\\\&z_{i} \\in R^{M \\times K}"
        text += "\\end{align}\\tag{\(part)}$$\n\n"
      case 2: text += "![](/images/img\(random.below(9))/p\(part)_(\(part)).png)\n\n"
      case 3:
        for _ in 0..<3 { text += "- \(sentence(&random))\n" }
        text += "\n"
      case 4: text += ">\(sentence(&random))   \n>\(sentence(&random))\n\n"
      case 5 where part % 8 == 0:
        text += "| 名称 | 公式 |\n| --- | :-: |\n| a | $$|x|$$ |\n| b | `c` |\n\n"
      case 6 where part % 3 == 0:
        text += "```python\nfor i in range(\(part)):\n    print(i)\n```\n\n"
      case 7...12:
        text += "https://mp.weixin.qq.com/s/\(random.below(1 << 30))_A-\(random.below(1 << 30))\n\n"
        text += "\(sentence(&random))\n\n"
      default: text += sentence(&random) + sentence(&random) + "\n\n"
      }
    }
    return text
  }
}
