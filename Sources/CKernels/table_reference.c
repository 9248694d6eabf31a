#include <math.h>
#include <string.h>
#include "ckernels.h"
#define real float
#define F(n) n##_reference
#define M(n) n##f
#define FMA(a, b, c) fmaf(a, b, c)
#define NAME "reference"
#include "kernels.inc"
