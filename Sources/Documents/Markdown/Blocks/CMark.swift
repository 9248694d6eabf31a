private import CCMark

#if canImport(Darwin)
  private import Darwin
#else
  private import Glibc
#endif

/// Receives what libcmark finds in the leaves of a document.
protocol InlineVisitor {
  /// Called for the leaf that starts on a line (from 1) of libcmark's input.
  mutating func enterLeaf(line: Int)
  mutating func exitLeaf()
  mutating func fenceInfo(_ info: Span<UInt8>)
  mutating func text(_ text: Span<UInt8>, from place: CMarkPlace)
  mutating func softBreak()
  mutating func lineBreak()
  mutating func code(_ text: Span<UInt8>, from place: CMarkPlace, to end: CMarkPlace)
  mutating func html(_ text: Span<UInt8>, from place: CMarkPlace)
  mutating func enter(_ kind: Node.Kind, from place: CMarkPlace, to end: CMarkPlace)
  mutating func enterLink(
    isImage: Bool, destination: Span<UInt8>, title: Span<UInt8>, from place: CMarkPlace,
    to end: CMarkPlace)
  mutating func exit()
}

/// A line and a column as libcmark counts them, from 1; both are 0 if it does not know them.
struct CMarkPlace {
  var line: Int
  var column: Int
}

/// The interface to libcmark, which only this file imports.
package enum CMark {
  /// Parses `source` and visits its leaves, without recursion.
  static func read(_ source: [UInt8], smart: Bool, _ visitor: inout some InlineVisitor) {
    let options = CMARK_OPT_SOURCEPOS | (smart ? CMARK_OPT_SMART : 0)
    let document = unsafe source.withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) {
        unsafe cmark_parse_document($0.baseAddress, $0.count, options)
      }
    }
    guard let document = unsafe document else { return }
    defer { unsafe cmark_node_free(document) }
    var leaf = unsafe cmark_node_first_child(document)
    while let node = unsafe leaf {
      if unsafe cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK {
        unsafe visitor.enterLeaf(line: Int(cmark_node_get_start_line(node)))
        unsafe withSpan(cmark_node_get_fence_info(node)) { visitor.fenceInfo($0) }
        visitor.exitLeaf()
      } else {
        unsafe visitor.enterLeaf(line: Int(cmark_node_get_start_line(node)))
        unsafe readInlines(of: node, &visitor)
        visitor.exitLeaf()
      }
      unsafe leaf = cmark_node_next(node)
    }
  }

  /// libcmark's own HTML with raw HTML passed through, to which the HTML and the speed of the tree
  /// are compared.
  package static func html(_ source: [UInt8]) -> [UInt8] {
    unsafe source.withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) {
        guard
          let html = unsafe cmark_markdown_to_html($0.baseAddress, $0.count, CMARK_OPT_UNSAFE)
        else { return [] }
        let result = unsafe withSpan(html) { Array(copying: $0) }
        unsafe cmark_get_default_mem_allocator().pointee.free(html)
        return result
      }
    }
  }

  private static func readInlines(
    of leaf: OpaquePointer, _ visitor: inout some InlineVisitor
  ) {
    guard var node = unsafe cmark_node_first_child(leaf) else { return }
    while true {
      if unsafe enter(node, &visitor), let child = unsafe cmark_node_first_child(node) {
        unsafe node = child
        continue
      }
      while true {
        if unsafe isContainer(node) { visitor.exit() }
        if let next = unsafe cmark_node_next(node) {
          unsafe node = next
          break
        }
        guard let parent = unsafe cmark_node_parent(node), unsafe parent != leaf else { return }
        unsafe node = parent
      }
    }
  }

  private static func isContainer(_ node: OpaquePointer) -> Bool {
    switch unsafe cmark_node_get_type(node) {
    case CMARK_NODE_EMPH, CMARK_NODE_STRONG, CMARK_NODE_LINK, CMARK_NODE_IMAGE: true
    default: false
    }
  }

  /// Reports a node to the visitor, and returns whether the node may have children.
  private static func enter(_ node: OpaquePointer, _ visitor: inout some InlineVisitor) -> Bool {
    let type = unsafe cmark_node_get_type(node)
    switch type {
    case CMARK_NODE_TEXT:
      unsafe withSpan(cmark_node_get_literal(node)) { unsafe visitor.text($0, from: start(node)) }
    case CMARK_NODE_SOFTBREAK: visitor.softBreak()
    case CMARK_NODE_LINEBREAK: visitor.lineBreak()
    case CMARK_NODE_CODE:
      unsafe withSpan(cmark_node_get_literal(node)) {
        unsafe visitor.code($0, from: start(node), to: end(node))
      }
    case CMARK_NODE_HTML_INLINE:
      unsafe withSpan(cmark_node_get_literal(node)) { unsafe visitor.html($0, from: start(node)) }
    case CMARK_NODE_EMPH, CMARK_NODE_STRONG:
      unsafe visitor.enter(
        type == CMARK_NODE_EMPH ? .emphasis : .strong, from: start(node), to: end(node))
      return true
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      unsafe withSpan(cmark_node_get_url(node)) { url in
        unsafe withSpan(cmark_node_get_title(node)) { title in
          unsafe visitor.enterLink(
            isImage: type == CMARK_NODE_IMAGE, destination: url, title: title, from: start(node),
            to: end(node))
        }
      }
      return true
    default: break
    }
    return false
  }

  private static func start(_ node: OpaquePointer) -> CMarkPlace {
    unsafe CMarkPlace(
      line: Int(cmark_node_get_start_line(node)), column: Int(cmark_node_get_start_column(node)))
  }

  private static func end(_ node: OpaquePointer) -> CMarkPlace {
    unsafe CMarkPlace(
      line: Int(cmark_node_get_end_line(node)), column: Int(cmark_node_get_end_column(node)))
  }

  /// Passes the bytes of a C string to `body`; none for a null pointer.
  private static func withSpan<R>(
    _ string: UnsafePointer<CChar>?, _ body: (Span<UInt8>) -> R
  ) -> R {
    guard let string = unsafe string else { return body([UInt8]().span) }
    let length = unsafe strlen(string)
    return unsafe string.withMemoryRebound(to: UInt8.self, capacity: length) {
      let bytes = unsafe UnsafeBufferPointer(start: $0, count: length)
      // libcmark writes `&#xFFFE;` and `&#xFFFF;` as a single byte each, which is not UTF-8.
      guard unsafe bytes.contains(where: { $0 >= 0xFE }) else { return body(unsafe bytes.span) }
      let replaced = unsafe bytes.flatMap { $0 >= 0xFE ? Array("\u{FFFD}".utf8) : [$0] }
      return body(replaced.span)
    }
  }
}

extension Array<UInt8> {
  init(copying span: Span<UInt8>) {
    self.init()
    append(copying: span)
  }

  /// Appends the bytes of a span.
  @inline(__always) mutating func append(copying span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
