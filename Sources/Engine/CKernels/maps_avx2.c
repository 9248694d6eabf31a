// The functions element by element, on vectors of four registers (`v_together`).
// Compiled for avx2,fma whatever the build targets; chosen only where the CPU has it.
#if defined(__x86_64__)
#include "avx2.h"

#define CK_LANES 32
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
