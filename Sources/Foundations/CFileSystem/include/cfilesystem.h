// The calls of Linux that Swift's module of the C library leaves out. Elsewhere they fail with
// ENOSYS, as they do on a file system without them.
#ifndef CFILESYSTEM_H
#define CFILESYSTEM_H

/// Exchanges what stands at two paths, in one step that no reader sees between.
int cd_exchange(const char *a, const char *b);

/// Moves a file or folder to a path where nothing stands; fails with EEXIST where something does.
int cd_move_without_replacing(const char *from, const char *to);

/// Writes everything of the file system that holds `descriptor` to its disc.
int cd_sync_file_system(int descriptor);

#endif
