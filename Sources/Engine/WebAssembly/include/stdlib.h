// The part of this header that Embedded Swift needs where there is no C library.
#ifndef WEBASSEMBLY_STDLIB_H
#define WEBASSEMBLY_STDLIB_H
#include <stddef.h>
int posix_memalign(void **, size_t alignment, size_t);
void *malloc(size_t);
void free(void *);
#endif
