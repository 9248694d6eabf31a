import CJavaScriptCore

/// The failure of a script, with JavaScript's message, which is not meant for authors.
struct ScriptError: Error {
  var message: String
}

/// The JavaScriptCore library, which is loaded on first use.
@safe struct ScriptLibrary: @unchecked Sendable {
  fileprivate let functions: UnsafePointer<js_functions>

  static func load() throws(TypesettingError) -> ScriptLibrary {
    guard let functions = unsafe js_load() else {
      throw .missingLibrary(reason: unsafe String(cString: js_load_failure()))
    }
    return unsafe ScriptLibrary(functions: functions)
  }
}

/// A JavaScript context, and the only code that calls JavaScriptCore. Scripts and results are text;
/// values of the context do not leave it.
///
/// JavaScriptCore accepts calls from any thread, one at a time; callers that share a context must
/// hold a lock.
@safe final class ScriptContext {
  private let context: JSContext
  private let js: js_functions

  init(_ library: ScriptLibrary) {
    unsafe js = library.functions.pointee
    unsafe context = js.context_create(nil)
  }

  deinit { unsafe js.context_release(context) }

  /// Runs a script for the definitions in it.
  func run(_ script: String, name: String) throws(ScriptError) {
    try unsafe withString(script) { script throws(ScriptError) in
      try unsafe withString(name) { name throws(ScriptError) in
        var exception: JSValue?
        _ = unsafe js.evaluate(context, script, nil, name, 1, &exception)
        if let exception = unsafe exception { throw unsafe failure(exception) }
      }
    }
  }

  /// Calls a global function with strings and returns its result as UTF-8 text.
  func call(_ function: String, _ arguments: String...) throws(ScriptError) -> [UInt8] {
    var exception: JSValue?
    let global = unsafe js.global_object(context)
    let callee = try unsafe withString(function) { name throws(ScriptError) in
      unsafe js.property(context, global, name, &exception)
    }
    guard let object = unsafe js.as_object(context, callee, &exception) else {
      throw ScriptError(message: "there is no function \(function)")
    }
    // Until the call, only this array refers to the values. They must be protected, because the
    // garbage collector scans the stack but not Swift's arrays.
    var values = unsafe [JSValue?]()
    for argument in arguments {
      let value = try unsafe withString(argument) { text throws(ScriptError) in
        unsafe js.value_of_string(context, text)
      }
      unsafe js.protect(context, value)
      unsafe values.append(value)
    }
    defer {
      for index in arguments.indices {
        if let value = unsafe values[index] { unsafe js.unprotect(context, value) }
      }
    }
    let result = unsafe js.call(context, object, nil, values.count, values, &exception)
    if let exception = unsafe exception { throw unsafe failure(exception) }
    return unsafe text(of: result)
  }

  private func failure(_ exception: JSValue) -> ScriptError {
    unsafe ScriptError(message: String(decoding: text(of: exception), as: UTF8.self))
  }

  private func text(of value: JSValue?) -> [UInt8] {
    guard let value = unsafe value,
      let string = unsafe js.string_of_value(context, value, nil)
    else { return [] }
    defer { unsafe js.string_release(string) }
    let capacity = unsafe js.largest_utf8_size(string)
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      let written = unsafe buffer.withMemoryRebound(to: CChar.self) {
        unsafe js.get_utf8(string, $0.baseAddress, capacity)
      }
      count = max(0, written - 1)
    }
  }

  /// Passes a text to `body` as a string of JavaScriptCore.
  private func withString<R>(
    _ text: String, _ body: (JSString) throws(ScriptError) -> R
  ) throws(ScriptError) -> R {
    let units = Array(text.utf16)
    guard let string = unsafe js.string_create(units, units.count) else {
      throw ScriptError(message: "no memory for a text of \(units.count) characters")
    }
    defer { unsafe js.string_release(string) }
    return try unsafe body(string)
  }
}
