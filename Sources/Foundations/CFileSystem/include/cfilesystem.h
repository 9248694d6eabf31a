// System calls that Swift's C library modules do not import. The two calls that rename fail with
// ENOSYS on systems other than Linux and macOS, and with EINVAL or ENOTSUP on a file system that
// does not support them.
#ifndef CFILESYSTEM_H
#define CFILESYSTEM_H

/// Exchanges the entries at two paths atomically: a reader sees the state before or after.
int cd_exchange(const char *a, const char *b);

/// Moves a file or folder to a path at which nothing exists; fails with EEXIST otherwise.
int cd_move_without_replacing(const char *from, const char *to);

/// Flushes the file system that holds `descriptor` to its disk; on systems other than Linux, only
/// the file itself.
int cd_sync_file_system(int descriptor);

#endif
