#include "javascriptcore.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static js_functions functions;
static int is_loaded;
static char failure[256];

// The names of the library on the supported systems; the first is Debian 12's.
static const char *const names[] = {
#if defined(__APPLE__)
    "/System/Library/Frameworks/JavaScriptCore.framework/JavaScriptCore",
#else
    "libjavascriptcoregtk-4.1.so.0",
    "libjavascriptcoregtk-6.0.so.1",
    "libjavascriptcoregtk-4.0.so.18",
#endif
};

static void *open_library(void) {
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (library) return library;
    // The error for the first name is the one to act on.
    if (i == 0) snprintf(failure, sizeof failure, "%s", dlerror());
  }
  return 0;
}

static void load(void) {
  void *const library = open_library();
  if (!library) return;
  const struct {
    const char *name;
    void *place;
  } wanted[] = {
      {"JSGlobalContextCreate", &functions.context_create},
      {"JSGlobalContextRelease", &functions.context_release},
      {"JSContextGetGlobalObject", &functions.global_object},
      {"JSEvaluateScript", &functions.evaluate},
      {"JSObjectGetProperty", &functions.property},
      {"JSValueToObject", &functions.as_object},
      {"JSObjectCallAsFunction", &functions.call},
      {"JSValueProtect", &functions.protect},
      {"JSValueUnprotect", &functions.unprotect},
      {"JSValueMakeString", &functions.value_of_string},
      {"JSValueToStringCopy", &functions.string_of_value},
      {"JSStringCreateWithCharacters", &functions.string_create},
      {"JSStringRelease", &functions.string_release},
      {"JSStringGetMaximumUTF8CStringSize", &functions.largest_utf8_size},
      {"JSStringGetUTF8CString", &functions.get_utf8},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    void *const symbol = dlsym(library, wanted[i].name);
    if (!symbol) {
      snprintf(failure, sizeof failure, "it has no %s", wanted[i].name);
      return;
    }
    *(void **)wanted[i].place = symbol;
  }
  failure[0] = 0;
  is_loaded = 1;
}

const js_functions *js_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? &functions : 0;
}

const char *js_load_failure(void) { return failure; }
