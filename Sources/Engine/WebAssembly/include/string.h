// The part of this header that the kernels need where there is no C library.
#ifndef WEBASSEMBLY_STRING_H
#define WEBASSEMBLY_STRING_H
#include <stddef.h>
void *memcpy(void *restrict, const void *restrict, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);
int strcmp(const char *, const char *);
size_t strlen(const char *);
#endif
