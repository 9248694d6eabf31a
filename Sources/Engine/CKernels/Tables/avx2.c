// Compiled for AVX2 and FMA independently of the build's target; chosen only if the processor has
// both.
#if defined(__x86_64__)
#include "avx2.h"

#define CK_LANES 16
#define CK_MR 6
#define CK_NV 2
#define CK_MAPS_APART 1  // avx2_maps.c
#define TABLE ck_table_avx2
#define NAME "avx2"
#include "../Bodies/kernels.c.inc"

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
