// Compiled for avx512f,avx512vl,avx512dq,avx512bw,avx2,fma independently of the build's target;
// chosen only if the processor has all of them.
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "ckernels.h"
#include "../internal.h"

#if defined(__clang__)
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")
#endif

#define real float
#define ireal int32_t
#define SCALAR_FMA __builtin_fmaf
#define SCALAR_SQRT __builtin_sqrtf
#define CK_AVX512 1
#define CK_LANES 16
#define TILE_LANES 16
#define CK_MR 12
#define CK_NV 2
#define TABLE ck_table_avx512
#define NAME "avx512"
#include "../Bodies/kernels.c.inc"

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
