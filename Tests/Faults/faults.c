// Kills a program, or fails a call, at the n-th call that changes files. Loaded with LD_PRELOAD:
//
//   FAULT_PROGRAM  the last path component of the program to affect; others are left alone
//   FAULT_AT       the number of the call, from 1; if it is not set, calls are only counted
//   FAULT_KIND     kill (before the call), torn (killed halfway through a write), or the name of
//                  an error: ENOSPC, EACCES, EIO
//   FAULT_CALLS    a file for the names of the calls, one per line, when the program ends
//   FAULT_SHARED   a file whose length counts the calls of all processes of the program
//   FAULT_NO_SWAP  folders cannot be exchanged, as on file systems without that operation
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;
static long fault_at;
static int fault_error;
static int is_torn, is_ours, cannot_swap;

static const char *names[1 << 16];

static void say_calls(void) {
  const char *path = getenv("FAULT_CALLS");
  if (!path || !is_ours || getenv("FAULT_SHARED")) return;
  is_ours = 0;
  FILE *file = fopen(path, "w");
  if (!file) return;
  long count = atomic_load(&calls);
  for (long i = 0; i < count && i < 1 << 16; i++) fprintf(file, "%s\n", names[i]);
  fclose(file);
}

__attribute__((constructor)) static void begin(void) {
  const char *program = getenv("FAULT_PROGRAM");
  const char *at = getenv("FAULT_AT"), *kind = getenv("FAULT_KIND");
  is_ours = program && !strcmp(program, program_invocation_short_name);
  cannot_swap = getenv("FAULT_NO_SWAP") != NULL;
  fault_at = at ? atol(at) : 0;
  if (kind) {
    is_torn = !strcmp(kind, "torn");
    if (!strcmp(kind, "ENOSPC")) fault_error = ENOSPC;
    if (!strcmp(kind, "EACCES")) fault_error = EACCES;
    if (!strcmp(kind, "EIO")) fault_error = EIO;
  }
  atexit(say_calls);
}

static ssize_t write_plainly(int d, const void *bytes, size_t count) {
  static ssize_t (*next)(int, const void *, size_t);
  if (!next) *(void **)&next = dlsym(RTLD_NEXT, "write");
  return next(d, bytes, count);
}

/// The number of calls before this one, in all processes.
static long shared_count(const char *counter, const char *name) {
  int (*next)(const char *, int, ...);
  *(void **)&next = dlsym(RTLD_NEXT, "open");
  int d = next(counter, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (d < 0 || write_plainly(d, "x", 1) != 1) abort();
  long count = lseek(d, 0, SEEK_CUR) - 1;
  close(d);
  const char *names = getenv("FAULT_CALLS");
  if (!names) return count;
  d = next(names, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  char line[64];
  int length = snprintf(line, sizeof line, "%s\n", name);
  if (d < 0 || write_plainly(d, line, length) != length) abort();
  close(d);
  return count;
}

/// Whether this is the call that must fail; kills the process here if it must die.
static int is_fault(const char *name) {
  if (!is_ours) return 0;
  const char *counter = getenv("FAULT_SHARED");
  long count = counter ? shared_count(counter, name) : atomic_fetch_add(&calls, 1);
  if (count < 1 << 16) names[count] = name;
  if (count + 1 != fault_at) return 0;
  if (is_torn) return 1;
  if (!fault_error) raise(SIGKILL);
  errno = fault_error;
  return 1;
}

#define CHANGING(name, parameters, arguments)                     \
  int name parameters {                                           \
    static int(*next) parameters;                                 \
    if (!next) next = (int(*) parameters)dlsym(RTLD_NEXT, #name); \
    if (is_fault(#name)) {                                        \
      if (is_torn) raise(SIGKILL);                                \
      return -1;                                                  \
    }                                                             \
    return next arguments;                                        \
  }

CHANGING(rename, (const char *a, const char *b), (a, b))
CHANGING(renameat, (int d, const char *a, int e, const char *b), (d, a, e, b))
CHANGING(link, (const char *a, const char *b), (a, b))
CHANGING(linkat, (int d, const char *a, int e, const char *b, int f), (d, a, e, b, f))
CHANGING(symlink, (const char *a, const char *b), (a, b))
CHANGING(unlink, (const char *a), (a))
CHANGING(unlinkat, (int d, const char *a, int f), (d, a, f))
CHANGING(mkdir, (const char *a, mode_t m), (a, m))
CHANGING(mkdirat, (int d, const char *a, mode_t m), (d, a, m))
CHANGING(rmdir, (const char *a), (a))
CHANGING(fsync, (int d), (d))
CHANGING(fdatasync, (int d), (d))
CHANGING(syncfs, (int d), (d))
CHANGING(ftruncate, (int d, off_t n), (d, n))
CHANGING(chmod, (const char *a, mode_t m), (a, m))
CHANGING(lchown, (const char *a, uid_t u, gid_t g), (a, u, g))

int renameat2(int d, const char *a, int e, const char *b, unsigned flags) {
  static int (*next)(int, const char *, int, const char *, unsigned);
  if (!next) *(void **)&next = dlsym(RTLD_NEXT, "renameat2");
  if (is_fault("renameat2")) {
    if (is_torn) raise(SIGKILL);
    return -1;
  }
  if (cannot_swap && flags & RENAME_EXCHANGE) return errno = EINVAL, -1;
  return next(d, a, e, b, flags);
}

/// Excludes the descriptors by which a library signals between threads, which cannot fail.
static int is_written(int d) {
  struct stat status;
  return !fstat(d, &status) && (S_ISREG(status.st_mode) || S_ISFIFO(status.st_mode));
}

ssize_t write(int d, const void *bytes, size_t count) {
  // Output to the terminal changes no file.
  if (d > 2 && is_written(d) && is_fault("write")) {
    if (!is_torn) return -1;
    write_plainly(d, bytes, count / 2);
    raise(SIGKILL);
  }
  return write_plainly(d, bytes, count);
}

#define OPENING(name)                                                          \
  int name(const char *path, int flags, ...) {                                 \
    static int (*next)(const char *, int, ...);                                \
    if (!next) *(void **)&next = dlsym(RTLD_NEXT, #name);                      \
    va_list rest;                                                              \
    va_start(rest, flags);                                                     \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;                  \
    va_end(rest);                                                              \
    if (flags & (O_CREAT | O_WRONLY | O_RDWR | O_TRUNC) && is_fault("open")) { \
      if (is_torn) raise(SIGKILL);                                             \
      return -1;                                                               \
    }                                                                          \
    return next(path, flags, mode);                                            \
  }

OPENING(open)
OPENING(open64)
