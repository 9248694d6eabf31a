// Compiled for avx2,fma whatever the build targets; chosen only where the CPU has it.
#if defined(__x86_64__)
#include "avx2.h"

#define CK_LANES 16
#define CK_MR 6
#define CK_NV 2
#define CK_MAPS_APART 1  // maps_avx2.c
#define NAME "avx2"
#include "kernels.inc"

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
