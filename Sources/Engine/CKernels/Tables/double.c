// Double precision in plain arithmetic, which rounds alike on every machine.
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "ckernels.h"
#include "../internal.h"

#define CK_DOUBLE 1
#define real double
#define ireal int64_t
#define SCALAR_FMA(a, b, c) ((a) * (b) + (c))
#define SCALAR_SQRT __builtin_sqrt
#define CK_LANES 2
#define TILE_LANES 2
#define CK_MR 4
#define CK_NV 2
#define TABLE ck_table_double
#define NAME "double"
#include "../Bodies/kernels.c.inc"
