/// The language named by the word after a fence.
enum CodeLanguage: Hashable {
  /// Text that is not highlighted.
  case plain
  /// A language that highlight.js may know, in lower case and by the name that it uses.
  case named(String)

  init(_ word: String?) {
    let name = (word ?? "").lowercased()
    self = Self.plainNames.contains(name) ? .plain : .named(Self.otherNames[name] ?? name)
  }

  private static let plainNames: Set<String> = [
    "", "text", "txt", "plain", "plaintext", "none", "nohighlight", "no-highlight", "output", "log",
    "ascii", "asciiart", "console-output", "mermaid", "dot", "graphviz", "gv", "csv", "tsv", "math",
    "rst", "plantuml", "diagram", "tree", "kramdown",
  ]

  /// Names that occur in notes but that highlight.js does not know, or (`c`) assigns to something
  /// else.
  private static let otherNames: [String: String] = {
    let names = [
      "arduino": "ino",
      "bash": "fish ksh",
      "cpp": "c h cc hh hpp cxx hxx c++ h++ cu cuda opencl cl hlsl metal",
      "diff": "udiff",
      "dos": "batch",
      "ini": "conf cfg config",
      "json": "jsonc json5 jsonl",
      "lisp": "elisp emacs-lisp common-lisp",
      "armasm": "assembly-arm",
      "matlab": "octave",
      "mathematica": "wolfram",
      "makefile": "make",
      "fortran": "fortran90",
      "properties": "env dotenv",
      "protobuf": "proto",
      "python": "jupyter python2 python3 cython starlark bazel",
      "scheme": "racket",
      "scss": "sass",
      "shell": "shell-session terminal",
      "sql": "mysql sqlite plsql tsql",
      "tex": "latex",
      "verilog": "systemverilog",
      "vbnet": "visualbasic",
      "x86asm": "asm assembly nasm",
      "xml": "vue svelte html5",
      "yaml": "nn",
    ]
    var other: [String: String] = [:]
    for (name, words) in names {
      for word in words.split(separator: " ") { other[String(word)] = name }
    }
    return other
  }()
}
