// Compares the functions of floats and of doubles with the long double functions of the system's
// mathematical library, which share no code with them. Prints the worst error of each in
// units in the last place and fails if one exceeds its bound.
#include "ckernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef long double wide;

static wide sigmoid(wide x) { return x >= 0 ? 1 / (1 + expl(-x)) : expl(x) / (1 + expl(x)); }
static wide softplus(wide x) { return x > 0 ? x + log1pl(expl(-x)) : log1pl(expl(x)); }
static wide log_sigmoid(wide x) { return -softplus(-x); }
static wide silu(wide x) { return x * sigmoid(x); }
static wide gelu(wide x) {
  if (x < -40) return -0.0L;
  return 0.5L * x * erfcl(-x * 0.707106781186547524400844362104849L);
}
static wide gelu_tanh(wide x) {
  if (x < -40) return -0.0L;
  return x * sigmoid(1.59576912160573071175978423973752L * x * (1 + 0.044715L * x * x));
}
static wide mish(wide x) {
  const wide e = expl(x < 100 ? x : 100), n = e * (e + 2);
  return x * (n / (n + 2));
}
static wide gaussian(wide x) { return expl(-x * x); }
static wide reciprocal_root(wide x) { return 1 / sqrtl(x); }
static wide tanh_shrink(wide x) {
  if (fabsl(x) > 0.1L) return x - tanhl(x);
  const wide u = x * x;  // to u^8, whose coefficient is below 1e-3
  return x * u *
         (1 / 3.0L -
          u * (2 / 15.0L -
               u * (17 / 315.0L - u * (62 / 2835.0L - u * (1382 / 155925.0L -
                                                           u * (21844 / 6081075.0L -
                                                                u * (929569 / 638512875.0L)))))));
}

// Bounds: the errors measured over one in a few dozen floats (tanh: all), rounded up. The functions
// aim at 1.5 for exp, log, tanh and sigmoid, and at 2.5 for the other elementary ones.
typedef struct {
  const char *name;
  int32_t kind;
  wide (*reference)(wide);
  double bound;
} float_case;
static const float_case float_cases[] = {{"exp", CK_EXP, expl, 1.1},
                                         {"expm1", CK_EXPM1, expm1l, 1.5},
                                         {"log", CK_LOG, logl, 0.9},
                                         {"log1p", CK_LOG1P, log1pl, 1.5},
                                         {"tanh", CK_TANH, tanhl, 1.2},
                                         {"sigmoid", CK_SIGMOID, sigmoid, 1.5},
                                         {"softplus", CK_SOFTPLUS, softplus, 1.9},
                                         {"log-sigmoid", CK_LOG_SIGMOID, log_sigmoid, 1.9},
                                         {"erf", CK_ERF, erfl, 1.0},
                                         {"sin", CK_SIN, sinl, 1.6},
                                         {"cos", CK_COS, cosl, 1.6},
                                         {"atan", CK_ATAN, atanl, 1.4},
                                         {"asinh", CK_ASINH, asinhl, 0.6},
                                         {"sqrt", CK_SQRT, sqrtl, 0.5},
                                         {"rsqrt", CK_RSQRT, reciprocal_root, 1.5},
                                         {"silu", CK_SILU, silu, 2.5},
                                         {"gelu", CK_GELU, gelu, 4.2},
                                         {"gelu-tanh", CK_GELU_TANH, gelu_tanh, 2.6},
                                         {"mish", CK_MISH, mish, 4.0},
                                         {"gaussian", CK_GAUSSIAN, gaussian, 1.2},
                                         {"tanh-shrink", CK_TANH_SHRINK, tanh_shrink, 2.8}};

typedef struct {
  const char *name;
  double (*function)(double);
  wide (*reference)(wide);
  double bound;
} double_case;
static const double_case double_cases[] = {
    {"exp", ck_exp, expl, 1},       {"expm1", ck_expm1, expm1l, 2}, {"log", ck_log, logl, 1},
    {"log1p", ck_log1p, log1pl, 1}, {"tanh", ck_tanh, tanhl, 2.5},  {"erf", ck_erf, erfl, 1.5},
    {"erfc", ck_erfc, erfcl, 4},    {"sin", ck_sin, sinl, 1},       {"cos", ck_cos, cosl, 1},
    {"atan", ck_atan, atanl, 1},    {"asinh", ck_asinh, asinhl, 2}};

// |value - exact| in units of the last of `digits` binary places, subnormal below 2^`lowest`.
static double error(wide value, wide exact, int digits, int lowest, wide largest) {
  if (isnan(exact) || isnan(value)) return isnan(exact) && isnan(value) ? 0 : INFINITY;
  // A value that rounds beyond the largest number is infinity.
  const wide limit = largest + ldexpl(largest, -digits - 1);
  if (isinf(value) || fabsl(exact) >= limit)
    return (isinf(value) || fabsl(value) == largest) && signbit(value) == signbit(exact) &&
                   fabsl(exact) >= largest
               ? 0
               : INFINITY;
  int exponent = exact == 0 ? lowest : ilogbl(exact);
  if (exponent < lowest) exponent = lowest;
  return (double)ldexpl(fabsl(value - exact), digits - 1 - exponent);
}

static int failures = 0;
static void report(const char *type, const char *name, double worst, double at, double bound) {
  printf("%-7s%-12s %6.3f ulp at %-24a bound %.1f%s\n", type, name, worst, at, bound,
         worst <= bound ? "" : "  EXCEEDED");
  failures += !(worst <= bound);
}

enum { BLOCK = 4096 };

static void check_floats(const ck_table *t, const float_case *c, float *worst_at, double *worst,
                         const float *x, int count) {
  static float y[BLOCK];
  const ck_function f = {c->kind, 1, c->kind == CK_SOFTPLUS ? 1e30 : 1, 1};
  t->map(&f, 1, count, x, 0, y, 0);
  for (int i = 0; i < count; i++) {
    const double e = error(y[i], c->reference(x[i]), 24, -126, 0x1.fffffep127L);
    if (e > *worst) *worst = e, *worst_at = x[i];
  }
}

static void floats(const ck_table *t, uint32_t step) {
  for (size_t k = 0; k < sizeof float_cases / sizeof *float_cases; k++) {
    const float_case *c = &float_cases[k];
    static float x[BLOCK];
    double worst = 0;
    float at = 0;
    int count = 0;
    // Bit patterns all over, then a dense middle, then both sides of every multiple of ln 2 / 2
    // and of pi / 4, where ranges are reduced.
    for (uint64_t bits = 0; bits < 0x100000000u; bits += step) {
      const uint32_t u = (uint32_t)bits;
      memcpy(x + count++, &u, sizeof u);
      if (count == BLOCK) check_floats(t, c, &at, &worst, x, count), count = 0;
    }
    for (int i = -200000; i < 200000; i++) {
      x[count++] = (float)i * 0x1.00ap-14f;
      if (count == BLOCK) check_floats(t, c, &at, &worst, x, count), count = 0;
    }
    for (int i = -260; i < 260; i++) {
      const float seams[] = {(float)(i * 0.34657359027997265), (float)(i * 0.78539816339744831)};
      for (int s = 0; s < 2; s++)
        for (int j = -3; j <= 3; j++) {
          x[count] = seams[s];
          for (int n = 0; n < abs(j); n++) x[count] = nextafterf(x[count], j < 0 ? -1e9f : 1e9f);
          if (++count == BLOCK) check_floats(t, c, &at, &worst, x, count), count = 0;
        }
    }
    check_floats(t, c, &at, &worst, x, count);
    report("float", c->name, worst, at, c->bound);
  }
}

static double random_double(uint32_t index) {
  const uint32_t counter[4] = {index, 0, 0, 9}, key[2] = {3, 5};
  uint32_t words[4];
  ck_philox(counter, key, words);
  const uint64_t u = (uint64_t)words[1] << 32 | words[0];
  double x;
  memcpy(&x, &u, sizeof x);
  if (index % 3 == 0) return x;  // any bits
  if (index % 3 == 1) return ((double)words[0] * 0x1p-32 - 0.5) * 80;
  return ldexp((double)(int32_t)words[0] * 0x1p-31, -(int)(words[1] % 40));
}

static void doubles(uint32_t count) {
  for (size_t k = 0; k < sizeof double_cases / sizeof *double_cases; k++) {
    const double_case *c = &double_cases[k];
    double worst = 0, at = 0;
    for (uint32_t i = 0; i < count; i++) {
      const double x = random_double(i);
      const double e = error(c->function(x), c->reference(x), 53, -1022, 0x1.fffffffffffffp1023L);
      if (e > worst) worst = e, at = x;
    }
    report("double", c->name, worst, at, c->bound);
  }
}

// Powers: bases and exponents that are ordinary, extreme, whole and negative.
static void powers(const ck_table *t, uint32_t count) {
  static float x[BLOCK], y[BLOCK], z[BLOCK];
  double worst = 0, worst_double = 0;
  float at = 0;
  double at_double = 0;
  for (uint32_t first = 0; first < count; first += BLOCK) {
    for (uint32_t i = 0; i < BLOCK; i++) {
      const double a = random_double(2 * (first + i)), b = random_double(2 * (first + i) + 1);
      x[i] = (float)(i % 4 == 0 ? fabs(a) : a);
      y[i] = (float)(i % 5 == 0 ? rint(b) : i % 7 == 0 ? a / 8 : b);
      const double e = error(ck_pow(a, y[i]), powl(a, y[i]), 53, -1022, 0x1.fffffffffffffp1023L);
      if (e > worst_double) worst_double = e, at_double = a;
    }
    t->combine(CK_POWER, 1, BLOCK, x, 0, y, 0, z, 0);
    for (uint32_t i = 0; i < BLOCK; i++) {
      const double e = error(z[i], powl(x[i], y[i]), 24, -126, 0x1.fffffep127L);
      if (e > worst) worst = e, at = x[i];
    }
  }
  report("float", "pow", worst, at, 1);
  report("double", "pow", worst_double, at_double, 1);
}

int main(int argc, char **argv) {
  // Checks one float in `step`; 1 checks them all, which takes hours.
  const uint32_t step = argc > 1 ? (uint32_t)atol(argv[1]) : 4999;
  const ck_table *t = ck_best_table();
  floats(t, step);
  doubles(300000);
  powers(t, 1 << 17);
  return failures > 0;
}
