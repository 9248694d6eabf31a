// The elementwise functions, on vectors of four registers (`v_together`). Compiled for AVX2 and FMA
// independently of the build's target; chosen only if the processor has both.
#if defined(__x86_64__)
#include "avx2.h"

#define CK_LANES 32
#define MAPS
#include "../Bodies/lanes.c.inc"
#include "../Bodies/functions_float.c.inc"
#include "../Bodies/activations_float.c.inc"
#include "../Bodies/rows.c.inc"
#include "../Bodies/maps.c.inc"

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
