// Elementary functions in double precision, by plain arithmetic alone.
//
// Additions, products, quotients and square roots are rounded alike on every machine, and this file
// is compiled without contraction, so a value has the same bits everywhere: no call reaches the
// system's mathematical library. Errors stay below about two units in the last place, below four
// for erfc.
//
// The methods are the classical ones: range reduction in two parts, a series or an interpolation at
// Chebyshev points, and reconstruction that adds the small part last (Cody and Waite, 1980; Muller,
// *Elementary Functions*, 2016). Angles of any size are reduced by the bits of 2/pi (Payne and
// Hanek, 1983).

#include "ckernels.h"
#include "internal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static const double exp_terms[] = {
    0x1.0000000000000p-1,  0x1.5555555555555p-3,  0x1.5555555555555p-5,  0x1.1111111111111p-7,
    0x1.6c16c16c16c17p-10, 0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-16, 0x1.71de3a556c734p-19,
    0x1.27e4fb7789f5cp-22, 0x1.ae64567f544e4p-26, 0x1.1eed8eff8d898p-29, 0x1.6124613a86d09p-33,
    0x1.93974a8c07c9dp-37};
static const double log_terms[] = {
    0x1.5555555555555p-1, 0x1.999999999999ap-2, 0x1.2492492492492p-2, 0x1.c71c71c71c71cp-3,
    0x1.745d1745d1746p-3, 0x1.3b13b13b13b14p-3, 0x1.1111111111111p-3, 0x1.e1e1e1e1e1e1ep-4,
    0x1.af286bca1af28p-4, 0x1.8618618618618p-4, 0x1.642c8590b2164p-4, 0x1.47ae147ae147bp-4};
static const double sin_terms[] = {
    -0x1.5555555555555p-3,  0x1.1111111111111p-7,   -0x1.a01a01a01a01ap-13,
    0x1.71de3a556c734p-19,  -0x1.ae64567f544e4p-26, 0x1.6124613a86d09p-33,
    -0x1.ae7f3e733b81fp-41, 0x1.952c77030ad4ap-49,  -0x1.2f49b46814157p-57};
static const double cos_terms[] = {
    0x1.5555555555555p-5,   -0x1.6c16c16c16c17p-10, 0x1.a01a01a01a01ap-16,
    -0x1.27e4fb7789f5cp-22, 0x1.1eed8eff8d898p-29,  -0x1.93974a8c07c9dp-37,
    0x1.ae7f3e733b81fp-45,  -0x1.6827863b97d97p-53, 0x1.e542ba4020225p-62};
static const double atan_terms[] = {
    -0x1.5555555555555p-2, 0x1.999999999998fp-3, -0x1.24924924918dap-3, 0x1.c71c71c6734d0p-4,
    -0x1.745d171e17004p-4, 0x1.3b13aba9355c0p-4, -0x1.1110904178f8fp-4, 0x1.e1d233ed77442p-5,
    -0x1.ae7fd9a52a075p-5, 0x1.812bcfc86b90cp-5, -0x1.4abbfdd2be694p-5, 0x1.ddd7373373f00p-6,
    -0x1.99ef465843f9bp-7};
static const double erf_terms[] = {
    0x1.06eba8214db69p-3,  -0x1.812746b0379e7p-2,  0x1.ce2f21a042bdcp-4,  -0x1.b82ce312888a5p-6,
    0x1.565bcd0e5fbdcp-8,  -0x1.c02db3fd21469p-11, 0x1.f9a3266239bc5p-14, -0x1.f4d248fb63865p-17,
    0x1.b9e51c00397c4p-20, -0x1.5f5a5fa90256bp-23, 0x1.faaabb29b6e4ap-27, -0x1.4381296d812bfp-30,
    0x1.29496bc840cbap-34};
static const double erfcx_terms[] = {
    0x1.3a46a5d2c53a2p+0,   -0x1.c1f6278d0b954p-5,  -0x1.29039cbe316c8p-5,  0x1.aeff8f21279b8p-7,
    -0x1.dfc694bc1b41ap-10, -0x1.184f65e3fb559p-16, 0x1.30f0d19cca889p-15,  -0x1.d2445d446f7bbp-21,
    -0x1.d36510620100fp-21, 0x1.43d86cc3af2f3p-27,  0x1.ad6c6e67002d1p-26,  0x1.1df212d22547dp-30,
    -0x1.90c48756d0700p-31, -0x1.a6c5d1dc0747ep-34, 0x1.2121f6545f0b8p-36,  0x1.7890cd9b2ccf0p-38,
    0x1.53f01218c0483p-46,  -0x1.d9e9ae21e0ff5p-43, -0x1.15676efb80bf4p-45, 0x1.31afef02866e1p-48,
    0x1.24c9fdb72c6dbp-49,  0x1.667c9390ebae8p-53,  -0x1.2fc03ad0b42e0p-54, -0x1.6a270afb10801p-56,
    -0x1.73eb347512e0cp-61, 0x1.f15b07223d376p-61,  0x1.e9bfb1c368736p-63,  0x1.8c5d89a8a698cp-70,
    -0x1.90d3170913a7fp-67, -0x1.8b40f3765477dp-69};
static const uint64_t two_over_pi[] = {
    0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
    0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
    0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d};

#define COUNT(A) ((int)(sizeof(A) / sizeof(A)[0]))
static const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;
static const double half_pi = 0x1.921fb54442d18p+0, half_pi_low = 0x1.1a62633145c07p-54;

static uint64_t bits_of(double x) {
  uint64_t u;
  memcpy(&u, &x, sizeof u);
  return u;
}

static double of_bits(uint64_t u) {
  double x;
  memcpy(&x, &u, sizeof x);
  return x;
}

static double polynomial(const double *terms, int count, double x) {
  double y = terms[count - 1];
  for (int i = count - 2; i >= 0; i--) y = y * x + terms[i];
  return y;
}

// 2^n for -1022...1023.
static double power_of_two(int n) { return of_bits((uint64_t)(n + 1023) << 52); }

// x 2^n, rounded once, for -2000...2000.
static double scaled(double x, int n) {
  if (n > 1023) return x * power_of_two(1023) * power_of_two(n - 1023);
  if (n < -1022) return x * power_of_two(n + 969 < -1022 ? -1022 : n + 969) * power_of_two(-969);
  return x * power_of_two(n);
}

// x rounded to a whole number, ties to even, |x| < 2^51.
static double rounded(double x) {
  const double big = 0x1.8p52;
  return (x + big) - big;
}

// a b as a sum of two doubles (Dekker).
static double product_error(double a, double b, double product) {
  const double split = 0x1p27 + 1;
  const double a_high = a * split - (a * split - a), a_low = a - a_high;
  const double b_high = b * split - (b * split - b), b_low = b - b_high;
  return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
}

// exp(high + low) - 1 = 2^n (1 + t) - 1; returns t.
static double exp_reduced(double high, double low, int *n) {
  const double k = rounded(high * 0x1.71547652b82fep0);
  const double a = high - k * ln2_high, b = k * ln2_low - low;
  const double r = a - b, c = (a - r) - b;
  *n = (int)k;
  return r + (r * r * polynomial(exp_terms, COUNT(exp_terms), r) + (c + c * r));
}

static double exp_of_sum(double high, double low) {
  if (high != high) return high;
  if (high > 710) return INFINITY;
  if (high < -746) return 0;
  int n;
  const double t = exp_reduced(high, low, &n);
  return scaled(1 + t, n);
}

double ck_exp(double x) { return exp_of_sum(x, 0); }

double ck_expm1(double x) {
  if (x != x || x == 0) return x;
  if (x > 710) return INFINITY;
  if (x < -40) return -1;
  int n;
  const double t = exp_reduced(x, 0, &n);
  if (n == 0) return t;
  if (n > 60) return scaled(1 + t, n);
  if (n == -1) return 0.5 * t - 0.5;
  const double s = power_of_two(n);
  return n > 0 ? s * (t + (1 - power_of_two(-n))) : s * t + (s - 1);
}

// log(1 + f) for 1 + f near 1, without the leading f - f^2/2; s = f / (2 + f).
static double log_rest(double s) {
  const double z = s * s;
  return z * polynomial(log_terms, COUNT(log_terms), z);
}

// x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)).
static double decomposed(double x, int *k) {
  int n = 0;
  if (x < 0x1p-1022) {
    x *= 0x1p54;
    n = -54;
  }
  const uint64_t u = bits_of(x), offset = 0x3fe6a09e667f3bcdull;
  const int e = (int)((int64_t)(u - offset) >> 52);
  *k = n + e;
  return of_bits(u - ((uint64_t)(int64_t)e << 52)) - 1;
}

static double log_sum(double f, double k, double correction) {
  const double half_square = 0.5 * f * f, s = f / (2 + f);
  const double small = s * (half_square + log_rest(s)) + (k * ln2_low + correction);
  return k * ln2_high - ((half_square - small) - f);
}

double ck_log(double x) {
  if (!(x > 0)) return x == 0 ? -INFINITY : x != x ? x : NAN;
  if (x == INFINITY) return x;
  int k;
  const double f = decomposed(x, &k);
  return log_sum(f, k, 0);
}

double ck_log1p(double x) {
  if (!(x > -1)) return x == -1 ? -INFINITY : x != x ? x : NAN;
  if (x == INFINITY || (x < 0x1p-60 && x > -0x1p-60)) return x;
  if (x > -0.29 && x < 0.41) return log_sum(x, 0, 0);
  const double u = 1 + x, c = (x > 1 ? 1 - (u - x) : x - (u - 1)) / u;
  int k;
  const double f = decomposed(u, &k);
  return log_sum(f, k, c);
}

double ck_tanh(double x) {
  const double a = fabs(x);
  if (!(a < 22)) return x != x ? x : x < 0 ? -1 : 1;
  if (a < 0x1p-28) return x;
  double y;
  if (a >= 1) {
    y = 1 - 2 / (ck_expm1(2 * a) + 2);
  } else {
    const double t = ck_expm1(-2 * a);
    y = -t / (t + 2);
  }
  return x < 0 ? -y : y;
}

// erfc(x) for x >= 1/2: exp(-x^2) g(x) / (1 + 2x), where g is smooth.
static double erfc_tail(double x) {
  if (x > 28) return 0;
  const double t = (x - 2) / (x + 2), u = (t - 0x1.1111111111111p-3) * 0x1.5d1745d1745d1p+0;
  double b0 = 0, b1 = 0;
  for (int i = COUNT(erfcx_terms) - 1; i > 0; i--) {
    const double b = 2 * u * b0 - b1 + erfcx_terms[i];
    b1 = b0;
    b0 = b;
  }
  const double g = u * b0 - b1 + erfcx_terms[0], square = x * x;
  return exp_of_sum(-square, -product_error(x, x, square)) * (g / (1 + 2 * x));
}

double ck_erf(double x) {
  if (x != x) return x;
  const double a = fabs(x);
  if (a < 0.85) return x + x * polynomial(erf_terms, COUNT(erf_terms), x * x);
  const double y = 1 - erfc_tail(a);
  return x < 0 ? -y : y;
}

double ck_erfc(double x) {
  if (x != x) return x;
  if (x < 0.5) return x > -0.5 ? 1 - ck_erf(x) : 2 - ck_erfc(-x);
  return erfc_tail(x);
}

// |x| = quadrant pi/2 + high + low.
static void reduce(double x, int *quadrant, double *high, double *low) {
  const double a = fabs(x);
  if (a <= 0x1.921fb54442d18p-1) {
    *quadrant = 0;
    *high = a;
    *low = 0;
    return;
  }
  if (!(a < INFINITY)) {
    *quadrant = 0;
    *high = *low = NAN;
    return;
  }
  // a = mantissa 2^exponent; of mantissa times 2/pi only the bits around the binary point are
  // needed.
  const uint64_t u = bits_of(a);
  const uint64_t mantissa = (u & 0xfffffffffffffull) | 0x10000000000000ull;
  const int exponent = (int)(u >> 52) - 1075;
  // Three words of 2/pi, from the first whose product reaches below 2^64.
  const int start = exponent > 0 ? exponent / 64 : 0, shift = exponent - 64 * start;
  uint64_t words[4];
  for (int i = 0; i < 4; i++) {
    // Word i holds the bits of 2/pi 2^(64 start + shift), shifted left (or right) by `shift`.
    const int at = start + i;
    const uint64_t w = two_over_pi[at], next = two_over_pi[at + 1];
    const uint64_t before = at > 0 ? two_over_pi[at - 1] : 0;
    if (shift > 0) words[i] = w << shift | next >> (64 - shift);
    else if (shift == 0) words[i] = w;
    else if (shift > -64)
      words[i] = w >> -shift | (-shift < 64 && i > 0 ? before << (64 + shift) : 0);
    else words[i] = 0;
  }
  // mantissa * 0.words, as a fixed-point number: the whole part mod 4 and 128 bits of fraction.
  // The word before the point (bits above) only matters mod 4 and starts at `start` - 1.
  uint64_t above = 0;
  if (shift > 0)
    above = (start > 0 ? two_over_pi[start - 1] << shift : 0) | two_over_pi[start] >> (64 - shift);
  else if (shift == 0) above = start > 0 ? two_over_pi[start - 1] : 0;
  unsigned __int128 p2 = (unsigned __int128)mantissa * words[2];
  unsigned __int128 p1 = (unsigned __int128)mantissa * words[1] + (uint64_t)(p2 >> 64);
  unsigned __int128 p0 = (unsigned __int128)mantissa * words[0] + (uint64_t)(p1 >> 64);
  const uint64_t whole = mantissa * above + (uint64_t)(p0 >> 64);
  const unsigned __int128 fraction = (unsigned __int128)(uint64_t)p0 << 64 | (uint64_t)p1;
  // To the nearest quadrant: the fraction as a signed number.
  const int up = (int)(fraction >> 127);
  unsigned __int128 magnitude = up ? -fraction : fraction;
  *quadrant = (int)((whole + (uint64_t)up) & 3);
  if (magnitude == 0) {
    *high = *low = 0;
    return;
  }
  // The magnitude, shifted up to its leading bit, as a sum of two doubles.
  int leading = 0;
  while (!(magnitude >> 127)) {
    magnitude <<= 1;
    leading++;
  }
  const double first = (double)(uint64_t)(magnitude >> 75) * 0x1p-53;
  const double second = (double)(uint64_t)(magnitude >> 22 & 0x1fffffffffffffull) * 0x1p-106;
  const double scale = power_of_two(-leading) * (up ? -1 : 1);
  const double main = first * half_pi;
  const double rest =
      product_error(first, half_pi, main) + (first * half_pi_low + second * half_pi);
  *high = (main + rest) * scale;
  *low = ((main - (main + rest)) + rest) * scale;
}

static double sin_reduced(double x, double low) {
  const double z = x * x;
  return x + (z * x * polynomial(sin_terms, COUNT(sin_terms), z) + (low - 0.5 * z * low));
}

static double cos_reduced(double x, double low) {
  const double z = x * x, half = 0.5 * z, w = 1 - half;
  return w + (((1 - w) - half) + (z * z * polynomial(cos_terms, COUNT(cos_terms), z) - x * low));
}

double ck_sin(double x) {
  int q;
  double high, low;
  if (x == 0) return x;
  reduce(x, &q, &high, &low);
  double y = q & 1 ? cos_reduced(high, low) : sin_reduced(high, low);
  if (q & 2) y = -y;
  return x < 0 ? -y : y;
}

double ck_cos(double x) {
  int q;
  double high, low;
  reduce(x, &q, &high, &low);
  const double y = q & 1 ? sin_reduced(high, low) : cos_reduced(high, low);
  return (q + 1) & 2 ? -y : y;
}

float ck_reduce_angle(float x, int32_t *quadrant) {
  int q;
  double high, low;
  reduce((double)x, &q, &high, &low);
  *quadrant = q;
  return (float)high;
}

double ck_atan(double x) {
  if (x != x) return x;
  const double a = fabs(x);
  double t = a, base = 0, low = 0;
  if (a >= 2.4375) {
    t = -1 / a;
    base = half_pi;
    low = half_pi_low;
  } else if (a >= 1.1875) {
    t = (a - 1.5) / (1 + 1.5 * a);
    base = 0x1.f730bd281f69bp-1;
    low = 0x1.007887af0cbbdp-56;
  } else if (a >= 0.6875) {
    t = (a - 1) / (a + 1);
    base = 0x1.921fb54442d18p-1;
    low = 0x1.1a62633145c07p-55;
  } else if (a >= 0.4375) {
    t = (2 * a - 1) / (2 + a);
    base = 0x1.dac670561bb4fp-2;
    low = 0x1.a2b7f222f65e2p-56;
  }
  const double z = t * t;
  const double y = base + (t + (t * z * polynomial(atan_terms, COUNT(atan_terms), z) + low));
  return x < 0 ? -y : x == 0 ? x : y;
}

double ck_asinh(double x) {
  const double a = fabs(x);
  if (!(a < INFINITY) || a < 0x1p-28) return x;
  const double square = a * a;
  const double y =
      a > 0x1p28 ? ck_log(a) + 0x1.62e42fefa39efp-1 : ck_log1p(a + square / (1 + sqrt(1 + square)));
  return x < 0 ? -y : y;
}

// log(x) as a sum of two doubles, for normal or subnormal x > 0.
static double log_pair(double x, double *low) {
  int k;
  const double f = decomposed(x, &k);
  // s = f / (2 + f), in twice the precision.
  const double d = 2 + f, d_low = f - (d - 2);
  const double s = f / d, sd = s * d;
  const double s_low = ((f - sd) - product_error(s, d, sd) - s * d_low) / d;
  // log(1 + f) = 2 s + s^3 (2/3 + ...), the first two terms in twice the precision.
  const double z = s * s, z_low = product_error(s, s, z) + 2 * s * s_low;
  const double cube = s * z, cube_low = product_error(s, z, cube) + s * z_low + s_low * z;
  const double third = 0x1.5555555555555p-1, third_low = 0x1.5555555555555p-55;
  const double c = cube * third;
  const double c_low = product_error(cube, third, c) + cube * third_low + cube_low * third;
  const double tail = cube * z * polynomial(log_terms + 1, COUNT(log_terms) - 1, z);
  // The sum, largest first.
  const double kh = k * ln2_high, twice = 2 * s;
  const double a = kh + twice, a_low = fabs(kh) > fabs(twice) ? (kh - a) + twice : (twice - a) + kh;
  const double b = a + c, b_low = (a - b) + c;
  const double rest = a_low + b_low + (c_low + 2 * s_low + k * ln2_low + tail);
  const double high = b + rest;
  *low = (b - high) + rest;
  return high;
}

double ck_pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return x + y;
  const double a = fabs(x), size = fabs(y);
  const int whole = size >= 0x1p53 || (double)(int64_t)size == size;
  const int odd = size < 0x1p53 && whole && (int64_t)size & 1;
  const double sign = x < 0 || (x == 0 && bits_of(x) >> 63) ? (odd ? -1 : 1) : 1;
  if (size == INFINITY) return a == 1 ? 1 : (a > 1) == (y > 0) ? INFINITY : 0;
  if (x == 0) return y > 0 ? sign * 0.0 : sign * INFINITY;
  if (a == INFINITY) return y > 0 ? sign * INFINITY : sign * 0.0;
  if (x < 0 && !whole) return NAN;
  double low;
  const double log = log_pair(a, &low);
  if (log == 0) return sign;
  const double power = y * log;
  if (!(fabs(power) < 800)) return power > 0 ? sign * INFINITY : sign * 0.0;
  return sign * exp_of_sum(power, product_error(y, log, power) + y * low);
}
