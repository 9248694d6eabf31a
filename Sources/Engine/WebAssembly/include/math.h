// The part of this header that the kernels need where there is no C library: instructions of the
// processor.
#ifndef WEBASSEMBLY_MATH_H
#define WEBASSEMBLY_MATH_H
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
#define fabs __builtin_fabs
#define sqrt __builtin_sqrt
float fmaf(float, float, float);
double fma(double, double, double);
double round(double);
#endif
