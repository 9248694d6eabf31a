#if canImport(CJavaScriptCore)
  import CJavaScriptCore
#else
  import JavaScriptCore
#endif

/// A script that failed: what JavaScript says, which people should see only in other words.
struct ScriptError: Error {
  var message: String
}

/// A JavaScript world of its own, and the only place that touches JavaScriptCore. Scripts are given
/// and results returned as text; nothing of the world inside gets out.
///
/// JavaScriptCore lets any thread in, one at a time; whoever shares a context holds a lock.
@safe final class ScriptContext {
  private let context: JSGlobalContextRef

  init() {
    unsafe context = JSGlobalContextCreate(nil)
  }

  deinit { unsafe JSGlobalContextRelease(context) }

  /// Runs a script for what it defines.
  func run(_ script: String, name: String) throws(ScriptError) {
    try unsafe Self.withString(script) { script throws(ScriptError) in
      try unsafe Self.withString(name) { name throws(ScriptError) in
        var exception: JSValueRef?
        _ = unsafe JSEvaluateScript(context, script, nil, name, 1, &exception)
        if let exception = unsafe exception { throw unsafe failure(exception) }
      }
    }
  }

  /// Calls a global function with texts and returns its result as text.
  func call(_ function: String, _ arguments: String...) throws(ScriptError) -> [UInt8] {
    var exception: JSValueRef?
    let global = unsafe JSContextGetGlobalObject(context)
    let callee = try unsafe Self.withString(function) { name throws(ScriptError) in
      unsafe JSObjectGetProperty(context, global, name, &exception)
    }
    guard let object = unsafe JSValueToObject(context, callee, &exception) else {
      throw ScriptError(message: "there is no function \(function)")
    }
    // The values are held by this array alone until the call, so none may be collected: the
    // collector looks at the stack, not into Swift's arrays.
    var values = unsafe [JSValueRef?]()
    for argument in arguments {
      let value = try unsafe Self.withString(argument) { text throws(ScriptError) in
        unsafe JSValueMakeString(context, text)
      }
      unsafe JSValueProtect(context, value)
      unsafe values.append(value)
    }
    defer {
      for index in arguments.indices { unsafe JSValueUnprotect(context, values[index]) }
    }
    let result = unsafe JSObjectCallAsFunction(
      context, object, nil, values.count, values, &exception)
    if let exception = unsafe exception { throw unsafe failure(exception) }
    return unsafe text(of: result)
  }

  private func failure(_ exception: JSValueRef) -> ScriptError {
    unsafe ScriptError(message: String(decoding: text(of: exception), as: UTF8.self))
  }

  private func text(of value: JSValueRef?) -> [UInt8] {
    guard let string = unsafe JSValueToStringCopy(context, value, nil) else { return [] }
    defer { unsafe JSStringRelease(string) }
    let capacity = unsafe JSStringGetMaximumUTF8CStringSize(string)
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      let written = unsafe buffer.withMemoryRebound(to: CChar.self) {
        unsafe JSStringGetUTF8CString(string, $0.baseAddress, capacity)
      }
      count = max(0, written - 1)
    }
  }

  /// Lends a text to `body` as JavaScriptCore's.
  private static func withString<R>(
    _ text: String, _ body: (JSStringRef) throws(ScriptError) -> R
  ) throws(ScriptError) -> R {
    let units = Array(text.utf16)
    guard let string = unsafe JSStringCreateWithCharacters(units, units.count) else {
      throw ScriptError(message: "no memory for a text of \(units.count) characters")
    }
    defer { unsafe JSStringRelease(string) }
    return try unsafe body(string)
  }
}
