// The start of every file for AVX2 and FMA, independently of the build's target. With clang, such a
// file ends by popping the attribute that this pushes.
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "ckernels.h"
#include "../internal.h"

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
// `avx2_maps.c` defines what `avx2.c` calls.
#define map_elements ck_map_elements_avx2
#define map_elements_gradient ck_map_elements_gradient_avx2
