// What files for avx2,fma begin with, whatever the build targets; with clang they end by popping the
// attribute that this pushes.
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "ckernels.h"
#include "internal.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx2,fma")
#endif

#define real float
#define ireal int32_t
#define SCALAR_FMA __builtin_fmaf
#define SCALAR_SQRT __builtin_sqrtf
#define CK_AVX2 1
#define TILE_LANES 8
#define F(name) name##_avx2
