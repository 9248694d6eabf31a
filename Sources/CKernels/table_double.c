#include <math.h>
#include <string.h>
#include "ckernels.h"
#define real double
#define F(n) n##_double
#define M(n) n
#define FMA(a, b, c) ((a) * (b) + (c))
#define NAME "double"
#include "kernels.inc"
