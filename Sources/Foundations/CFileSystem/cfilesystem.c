#define _GNU_SOURCE
#include "cfilesystem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#if defined(__linux__)

int cd_exchange(const char *a, const char *b) {
  return renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE);
}

int cd_move_without_replacing(const char *from, const char *to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

int cd_sync_file_system(int descriptor) { return syncfs(descriptor); }

#elif defined(__APPLE__)

int cd_exchange(const char *a, const char *b) { return renamex_np(a, b, RENAME_SWAP); }

int cd_move_without_replacing(const char *from, const char *to) {
  return renamex_np(from, to, RENAME_EXCL);
}

int cd_sync_file_system(int descriptor) { return fsync(descriptor); }

#else

int cd_exchange(const char *a, const char *b) { return errno = ENOSYS, -1; }
int cd_move_without_replacing(const char *from, const char *to) { return errno = ENOSYS, -1; }
int cd_sync_file_system(int descriptor) { return fsync(descriptor); }

#endif
