// One lane at a time: every other table must give the same results, bit for bit.
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "ckernels.h"
#include "../internal.h"

#define real float
#define ireal int32_t
#define SCALAR_FMA __builtin_fmaf
#define SCALAR_SQRT __builtin_sqrtf
#define CK_LANES 1
#define TILE_LANES 1
#define CK_MR 4
#define CK_NV 4
#define TABLE ck_table_reference
#define NAME "reference"
#include "../Bodies/kernels.c.inc"
