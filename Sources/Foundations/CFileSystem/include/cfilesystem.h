// The calls of Linux that Swift's module of the C library leaves out. Elsewhere they fail with
// ENOSYS, as they do on a file system without them.
#ifndef CFILESYSTEM_H
#define CFILESYSTEM_H

/// Exchanges what is at two paths, in one step: a reader sees the state before or after it.
int cd_exchange(const char *a, const char *b);

/// Moves a file or folder to a path where nothing is; fails with EEXIST where something does.
int cd_move_without_replacing(const char *from, const char *to);

/// Writes everything of the file system that holds `descriptor` to its disk.
int cd_sync_file_system(int descriptor);

#endif
