#if defined(__aarch64__)
#include <arm_neon.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "ckernels.h"
#include "../internal.h"

#define real float
#define ireal int32_t
#define SCALAR_FMA __builtin_fmaf
#define SCALAR_SQRT __builtin_sqrtf
#define CK_NEON 1
#if defined(__clang__)
#define CK_LANES 16
#else
#define CK_LANES 4  // gcc takes long to compile wider vectors, for no gain
#endif
#define TILE_LANES 4
#define CK_MR 6
#define CK_NV 4
#define TABLE ck_table_neon
#define NAME "neon"
#include "../Bodies/kernels.c.inc"
#endif
