#include <math.h>
#include "ckernels.h"
#include "internal.h"

double ck_exp(double x) { return exp(x); }
double ck_expm1(double x) { return expm1(x); }
double ck_log(double x) { return log(x); }
double ck_log1p(double x) { return log1p(x); }
double ck_tanh(double x) { return tanh(x); }
double ck_erf(double x) { return erf(x); }
double ck_erfc(double x) { return erfc(x); }
double ck_sin(double x) { return sin(x); }
double ck_cos(double x) { return cos(x); }
double ck_atan(double x) { return atan(x); }
double ck_asinh(double x) { return asinh(x); }
double ck_pow(double x, double y) { return pow(x, y); }
float ck_reduce_angle(float x, int32_t *quadrant) { *quadrant = 0; return x; }
