// The part of JavaScriptCore's C API that typesetting needs, as a table of functions.
//
// The library is loaded when the first formula or program text has to be set: without it, a build
// with a warm cache and every other command start sooner (measured: 9 of 34 ms).
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// The types and signatures are those of <JavaScriptCore/JavaScript.h>, unchanged since 2008.
typedef struct OpaqueJSContext *JSContext;
typedef struct OpaqueJSString *JSString;
typedef const struct OpaqueJSValue *JSValue;
typedef struct OpaqueJSValue *JSObject;

typedef struct {
  JSContext _Nonnull (*_Nonnull context_create)(void *_Nullable global_class);
  void (*_Nonnull context_release)(JSContext);
  JSObject _Nonnull (*_Nonnull global_object)(JSContext);
  JSValue _Nullable (*_Nonnull evaluate)(JSContext, JSString script, JSObject _Nullable this_object,
                                         JSString _Nullable source_name, int first_line,
                                         JSValue _Nullable *_Nullable exception);
  JSValue _Nonnull (*_Nonnull property)(JSContext, JSObject, JSString name,
                                        JSValue _Nullable *_Nullable exception);
  JSObject _Nullable (*_Nonnull as_object)(JSContext, JSValue,
                                           JSValue _Nullable *_Nullable exception);
  JSValue _Nullable (*_Nonnull call)(JSContext, JSObject function, JSObject _Nullable this_object,
                                     size_t count, const JSValue _Nullable *_Nullable arguments,
                                     JSValue _Nullable *_Nullable exception);
  void (*_Nonnull protect)(JSContext, JSValue);
  void (*_Nonnull unprotect)(JSContext, JSValue);
  JSValue _Nonnull (*_Nonnull value_of_string)(JSContext, JSString);
  JSString _Nullable (*_Nonnull string_of_value)(JSContext, JSValue,
                                                 JSValue _Nullable *_Nullable exception);
  JSString _Nullable (*_Nonnull string_create)(const uint16_t *_Nullable units, size_t count);
  void (*_Nonnull string_release)(JSString);
  size_t (*_Nonnull largest_utf8_size)(JSString);
  size_t (*_Nonnull get_utf8)(JSString, char *_Nullable buffer, size_t capacity);
} js_functions;

/// The functions, loaded at the first call; NULL if the library is not installed or lacks one of
/// them.
const js_functions *_Nullable js_load(void);

/// Why `js_load` returned NULL, in the system's words; otherwise empty.
const char *js_load_failure(void);

#pragma clang assume_nonnull end
