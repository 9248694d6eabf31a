// The functions element by element, on vectors of four registers (`v_together`).
// Compiled for avx2,fma whatever the build targets; chosen only where the CPU has it.
#if defined(__x86_64__)
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
#define CK_LANES 32
#define TILE_LANES 8
#define F(name) name##_avx2
#define V(name) F(v_##name)
#define MAPS
#include "lanes.h"
#include "functions_float.h"
#include "activations_float.h"
#include "rows.h"
#include "maps.h"

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
