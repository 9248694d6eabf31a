import Experiments
import NeuralNetworks

/// The words of a kind of text, which mutations insert.
package struct Vocabulary: Sendable {
  package var words: [String]

  init(_ words: [String]) { self.words = words }

  static func + (a: Vocabulary, b: Vocabulary) -> Vocabulary { Vocabulary(a.words + b.words) }

  /// Numbers at the limits of numeric types, and unusual spellings of numbers.
  static let numbers = [
    "0", "-0", "1", "-1", "2", "3", "7", "0.5", "1e-7", "nan", "-nan", "inf", "-inf", "infinity",
    "1e308", "-1e308", "1.8e308", "1e400", "1e300", "-1e-320", "5e-324", "1e-45", "3.4e38",
    "3.5e38",
    "127", "128", "255", "256", "32767", "65535", "65536", "16777217", "2147483647", "2147483648",
    "-2147483649", "4294967295", "4294967296", "9007199254740993", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "18446744073709551615", "18446744073709551616",
    "99999999999999999999999999", "1e9", "1e12", "1e18", "1e19", "1_000", "+5", "007", "0x10", "1e",
    ".5", "5.", "1..2", "2..1", "1e308..1e309", "-1e308..1e308", "-1e-320..1e-320", "0..0", "１２",
    "٣", "½", "0.1e-400",
  ]

  static let general = Vocabulary(
    numbers + [
      " ", "  ", "    ", "\n", "\n\n", "\r", "\r\n", "\t", "\u{0}", "\u{1}", "\u{8}", "\u{B}",
      "\u{C}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{A0}", "\u{AD}", "\u{200B}", "\u{200D}",
      "\u{202E}", "\u{2028}", "\u{2029}", "\u{3000}", "\u{E000}", "\u{E001}", "\u{F8FF}",
      "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{10FFFF}", "\u{10FFFE}", "é", "e\u{301}",
      "深度学习", "，", "。", "（", "）", "ａ", "한글", "👩‍👩‍👧", "🇩🇪", "İ", "ß", "ﬁ", "ＡＢ", "'", "\"", "`",
      "<", ">", "&", "=", "/", "\\", "%", "%00", "%2e%2e", "..", "../", "./", "//", "#", "?", ":",
      ";", ",", "|", "!", "*", "_", "-", "+", "~", "^", "$", "@", "(", ")", "[", "]", "{", "}",
    ])

  static let markdown =
    general
    + Vocabulary([
      "# ", "###### ", "####### ", "===", "---", "***", "> ", "> > > ", "- ", "* ", "1. ",
      "999999999. ", "1) ", "```", "````", "~~~", "```nn\n", "```nn x\nplot: relu\n```\n",
      "```python {numbers=1 lines=\"1-3\" title=\"t\"}\n",
      "```{file=\"a.py\" lines=\"2-1\"}\n```\n",
      "lines=\"1-99999999999999999999\"", "numbers=", "**", "__", "~~", "`nn x.loss`", "`nn x`",
      "![",
      "![a](b.png)", "[a](b)", "[a]: b \"c\"\n", "[a][a]", "[](#a)", "[^1]", "[^1]: note\n",
      "[^a]: [^a]", "(<", ">)", "<b>", "</b>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "<div>",
      "<div markdown=\"1\">", "<pre>", "</pre>", "<script>", "</script>", "<a name=\"x\"/>",
      "<your name>", "&amp;", "&#0;", "&#x110000;", "&#8;", "&notanentity;", "&NotEqualTilde;",
      "https://example.org/", "www.a.b", "a@b.c", "mailto:", "| a | b |\n|---|---|\n| c | d |\n",
      "|---", "|:-:|", "\\|", "$$", "$", "$$x$$", "$$\n", "\\eqref{a}", "\\label{a}", "\\tag{1}",
      "\\begin{align}", "\\end{align}", "{:toc}", "* toc\n{:toc}\n", "{:.a}", "{:#a}",
      "{: a=\"b\"}", "{:a: .b}", "{::comment}", "{:/comment}", "{::nomarkdown}", "{:/}",
      "{::options x=\"y\" /}", "*[HTML]: x\n", "term\n: definition\n", "> [!NOTE]\n> ", "- [ ] ",
      "- [x] ", "^\n", "[ ]", "(((", ")))", "\\\n", "  \n",
    ])

  /// What a stranger might write to make a reader's browser run something.
  static let attacks = Vocabulary([
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)", "java\nscript:alert(1)", "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)", "\u{1}javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=", "vbscript:x", "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus='", "onerror=alert(1)", "{: onclick=\"alert(1)\"}",
    "{: href=\"javascript:alert(1)\"}", "{: style=\"background:url(javascript:alert(1))\"}",
    "{: src=\"x\" onerror=\"alert(1)\"}", "{::nomarkdown}<script>alert(1)</script>{:/}",
    "<iframe src=\"javascript:alert(1)\">", "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<object data=\"javascript:alert(1)\">", "<embed src=x>", "<base href=\"//evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "<form action=javascript:x>",
    "<math><mtext></mtext><mglyph><style><!--</style><img title=\"--><img src onerror=alert(1)>\">",
    "<link rel=stylesheet href=//evil.example/x.css>", "<style>@import '//evil.example';</style>",
    "[x](javascript:alert(1))", "[x](<javascript:alert(1)>)", "![x](x\" onerror=\"alert(1))",
    "![x](x \"\\\" onerror=\\\"alert(1)\")", "[x]: javascript:alert(1)\n", "<javascript:alert(1)>",
    "\\href{javascript:alert(1)}{x}", "\\htmlData{onclick=alert(1)}{x}",
    "\\html@mathml{<script>}{x}", "\\includegraphics{http://evil.example/x.png}",
    "\\url{javascript:alert(1)}", "</title><script>alert(1)</script>", "</script><script>alert(1)",
    "--><script>alert(1)</script>", "]]><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>", "</svg><script>alert(1)</script>", "{{{x}}}", "{{x}}",
    "<a href=\"x\" onclick=\"y\">", "<details open ontoggle=alert(1)>", "<video src onerror=x>",
    "alt: \"\\\" onload=\\\"alert(1)\"", "caption: \"<img src=x onerror=alert(1)>\"",
    "title=\"\\\"><script>alert(1)</script>\"", "html: pass", "markdown: {html: pass}",
  ])

  static let yaml =
    general
    + Vocabulary([
      ": ", "- ", "? ", "&a ", "*a", "<<: *a", "!!str ", "!!binary ", "!!python/object:x ", "!x ",
      "| \n", ">-\n", "%YAML 1.2\n", "---\n", "...\n", "{a: ", "[a, ", "}", "]", "true", "false",
      "null", "~", "yes", "no", "2016-01-31", "2016-01-31 12:30", "2016-02-30", "9999-12-31",
      "-1-01-01", "0000-00-00", "title: ", "date: ", "tags: ", "categories: ", "permalink: ",
      "layout: ", "draft: ", "aliases: ", "weight: ", "language: ", "description: ", "author: ",
      "html: ", "toc: ", "listed: ", "updated: ", "base_url: ", "content: ", "navigation: ",
      "footer: ",
      "math: ", "macros: ", "single_dollar: ", "highlight: ", "markdown: ", "kramdown_ids: ",
      "smart: ", "toc_levels: ", "number_headings: ", "taxonomies: ", "feed: ", "search: ",
      "front_matter: ", "cache: ", "limit: ", "nn: ", "echo: ", "width: ", "height: ", "pretty",
      "date", "none", "/:categories/:year/:month/:day/:title/", ":title", ":path", ":slug", "/:x/",
      "500 MB", "9223372036854775807 GB", "escape", "pass", "zh-Hans", "https://example.org/",
    ])

  static let template =
    general
    + Vocabulary([
      "{{", "}}", "{{{", "}}}", "{{title}}", "{{{content}}}", "{{#entries}}", "{{/entries}}",
      "{{^x}}", "{{/x}}", "{{> base}}", "{{> article}}", "{{> entries}}", "{{<base}}", "{{/base}}",
      "{{$main}}", "{{/main}}", "{{$head}}", "{{/head}}", "{{! x }}", "{{=<% %>=}}", "<%={{ }}=%>",
      "{{&x}}", "{{.}}", "{{#.}}", "{{/.}}", "{{% TRANSFORM %}}", "{{site.title}}",
      "{{page.extra.x}}",
      "{{#capitalized(x)}}", "{{reversed(entries)}}", "{{count(entries)}}", "{{first()}}",
      "{{#a.b.c}}",
      "{{>*name}}", "{{> self}}", "\n  {{> base}}\n",
    ])

  static let tex =
    general
    + Vocabulary([
      "\\frac{a}{b}", "\\sqrt", "\\left(", "\\right)", "\\left.", "\\begin{matrix}",
      "\\end{matrix}",
      "\\begin{align}", "\\end{align}", "\\\\", "&", "^", "_", "^^", "{", "}", "\\tag{1}",
      "\\label{a}",
      "\\eqref{a}", "\\ref{a}", "\\def\\a{\\a\\a}", "\\def\\a#1{#1#1}\\a",
      "\\newcommand{\\b}[9]{#9}",
      "\\let\\a\\b", "\\gdef\\x{y}", "\\edef\\x{\\x\\x}", "\\expandafter", "\\futurelet",
      "\\char\"1F600",
      "\\char`", "\\text{中文 $x$}", "\\ce{H2O}", "\\pu{1e3 kg}", "\\mathbb{R}", "\\boldsymbol",
      "\\rule{1e9em}{1em}", "\\hskip 1e308em", "\\kern99999999999em", "\\raisebox{1em}{x}",
      "\\color{red}", "\\textcolor{#f00}{x}", "\\htmlClass{a}{b}", "\\operatorname{x}",
      "\\mathchoice",
      "\\overset", "\\underbrace", "\\cancel", "\\verb|x|", "\\unicode{x1F600}", "%", "#1", "'",
      "~",
    ])

  static let json = Vocabulary(
    numbers + [
      "{", "}", "[", "]", ":", ",", "\"", "null", "true", "false", "\"\\u0000\"", "\"\\ud800\"",
      "\"NaN\"", "\"inf\"", "\"shape\":[2,3]", "\"shape\":[4294967296,4294967296]", "\"values\":[]",
      "\"metrics\":{}", "\"tables\":{}", "\"grids\":{}", "\"facts\":{}", "[[[[", "]]]]", "\\",
      "\\u12",
      "{\"a\":", "1e999", "-", "\u{0}",
    ])

  static let csv = Vocabulary(
    numbers + [
      ",", ";", "\t", "\n", "\r\n", "\"", "\"\"", "\"a,b\"", " ", "x", "y", "class", "\u{FEFF}",
      "a\n",
      ",,", "1,2,3\n", "深", "\u{0}",
    ])

  /// The words of the block language, all from its own registries.
  static let block: Vocabulary = {
    var words = numbers
    for verb in Verb.allCases {
      words.append(verb.rawValue + ": ")
      words += BlockOption.names(for: verb).map { "\n" + $0 + ": " }
      words += MetricName.names(for: verb).map(\.name)
    }
    for entry in Registry.entries {
      words.append(entry.name)
      words += entry.aliases
      words += entry.parameters.map { " " + $0.name + "=" }
    }
    words += Show.allCases.map(\.rawValue)
    words += [
      ": ", ", ", "[", "]", "{", "}", "- ", "$a", "$", "repeat 2", "{repeat 3: [", "{residual: [",
      "{branches: [[", "]]}", "]}", "{freeze: [", "]", "\n", "\n  ", "|", ">", "#", "'", "\"",
      " <= ",
      " >= ", " == ", " != ", " within 0..1", " ~ 1 ± 5%", " ± ", "[layer=1]", "[a=b, seed=1]",
      "epoch",
      "seed=", "last", "true", "false", "only", "1x8x8", "3x1000x1000", "0x0", "&a ", "*a", "<<: ",
      "max", "min", "mean", "^", "sin(", "exp(", "log(", "(", ")", "+", "-", "*", "/", "%",
      "data/a.csv",
    ]
    return Vocabulary(Array(Set(words)).sorted())
  }()
}
