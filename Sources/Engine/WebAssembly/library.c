// The few functions of the C library that the kernels and Embedded Swift call.

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// With bulk memory each of the first three is one instruction.
void *memcpy(void *restrict to, const void *restrict from, size_t count) {
  return __builtin_memcpy(to, from, count);
}
void *memmove(void *to, const void *from, size_t count) {
  return __builtin_memmove(to, from, count);
}
void *memset(void *to, int value, size_t count) { return __builtin_memset(to, value, count); }

int memcmp(const void *a, const void *b, size_t count) {
  const unsigned char *x = a, *y = b;
  for (size_t i = 0; i < count; i++)
    if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
  return 0;
}

int strcmp(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return (unsigned char)*a - (unsigned char)*b;
}

size_t strlen(const char *text) {
  size_t count = 0;
  while (text[count]) count++;
  return count;
}

// Seeds the hashes of sets and dictionaries, on whose order nothing may depend.
void arc4random_buf(void *to, size_t count) { memset(to, 0x5a, count); }

static uint64_t bits(double x) {
  uint64_t b;
  memcpy(&b, &x, sizeof b);
  return b;
}

// Rounded once. The product is exact in double. The sum is rounded to odd: where it is inexact, to
// the one of its two neighbors whose last bit is 1, which then rounds to float as the exact sum
// does (Boldo and Melquiond, *Emulation of FMA and correctly rounded sums*, 2008).
float fmaf(float a, float b, float c) {
  const double product = (double)a * b, sum = product + c;
  const double part = sum - product, error = (product - (sum - part)) + (c - part);
  if ((error > 0 || error < 0) && !(bits(sum) & 1)) {
    const uint64_t odd = (error > 0) == (sum > 0) ? bits(sum) + 1 : bits(sum) - 1;
    double result;
    memcpy(&result, &odd, sizeof odd);
    return (float)result;
  }
  return (float)sum;
}

double round(double x) {
  const double whole = __builtin_trunc(x);
  return fabs(x - whole) >= 0.5 ? whole + __builtin_copysign(1, x) : whole;
}

typedef unsigned __int128 wide;

static wide product(uint64_t a, uint64_t b) {
  const uint64_t a_low = (uint32_t)a, a_high = a >> 32, b_low = (uint32_t)b, b_high = b >> 32;
  const uint64_t low = a_low * b_low, high = a_high * b_high;
  const uint64_t first = a_high * b_low + (low >> 32), second = a_low * b_high + (uint32_t)first;
  return (wide)(high + (first >> 32) + (second >> 32)) << 64 | second << 32 | (uint32_t)low;
}

// The functions that the compiler calls for products and shifts of 128 bits.
static wide joined(uint64_t high, uint64_t low) { return (wide)high << 64 | low; }

__int128 __ashlti3(__int128 x, int count) {
  const uint64_t high = (uint64_t)((wide)x >> 64), low = (uint64_t)x;
  if (count == 0) return x;
  if (count >= 64) return (__int128)joined(low << (count - 64), 0);
  return (__int128)joined(high << count | low >> (64 - count), low << count);
}

__int128 __lshrti3(__int128 x, int count) {
  const uint64_t high = (uint64_t)((wide)x >> 64), low = (uint64_t)x;
  if (count == 0) return x;
  if (count >= 64) return (__int128)joined(0, high >> (count - 64));
  return (__int128)joined(high >> count, low >> count | high << (64 - count));
}

__int128 __multi3(__int128 a, __int128 b) {
  const uint64_t x = (uint64_t)a, y = (uint64_t)b;
  const uint64_t high = x * (uint64_t)((wide)b >> 64) + (uint64_t)((wide)a >> 64) * y;
  return (__int128)(product(x, y) + ((wide)high << 64));
}

// The highest bit that is set in x, which is not 0.
static int highest(wide x) {
  const uint64_t high = (uint64_t)(x >> 64);
  return high ? 127 - __builtin_clzll(high) : 63 - __builtin_clzll((uint64_t)x);
}

// A finite number other than 0 as an integer of 126 bits times a power of two.
static wide parts(double x, int *exponent) {
  const uint64_t b = bits(x);
  const int field = b >> 52 & 0x7ff;
  const uint64_t fraction = b & 0xfffffffffffffu;
  const wide integer = field ? fraction | (uint64_t)1 << 52 : fraction;
  const int shift = 125 - highest(integer);
  *exponent = (field ? field : 1) - 1075 - shift;
  return integer << shift;
}

// x 2^-count; its last bit is also 1 if any bit that is shifted out is 1.
static wide shifted(wide x, int count) {
  if (count == 0) return x;
  if (count > 126) return x != 0;
  return x >> count | ((x & (((wide)1 << count) - 1)) != 0);
}

static double assembled(int negative, wide x, int exponent) {
  // The exponent of the result's last bit: the last of a normal number's 53, or the minimum.
  int last = exponent + highest(x) - 52;
  if (last < -1074) last = -1074;
  const int over = last - exponent;
  uint64_t fraction;
  if (over <= 0) {
    fraction = (uint64_t)(x << -over);
  } else if (over > 127) {
    fraction = 0;
  } else {
    fraction = (uint64_t)(x >> over);
    const wide rest = x & (((wide)1 << over) - 1), half = (wide)1 << (over - 1);
    fraction += rest > half || (rest == half && (fraction & 1));
  }
  // A fraction that was rounded up to 54 bits, or from subnormal to normal, carries into the
  // exponent.
  const int field = fraction >> 52 ? last + 1074 : 0;
  uint64_t result = ((uint64_t)field << 52) + fraction;
  if (field >= 2046 || result >> 52 >= 0x7ff) result = (uint64_t)0x7ff << 52;
  result |= (uint64_t)negative << 63;
  double y;
  memcpy(&y, &result, sizeof y);
  return y;
}

// Rounded once: product and sum are exact in integers, except for a last bit that records whether
// any lower bit was lost.
double fma(double a, double b, double c) {
  if (a == 0 || b == 0 || !(fabs(a) < INFINITY) || !(fabs(b) < INFINITY)) return a * b + c;
  if (c == 0) return a * b;
  if (!(fabs(c) < INFINITY)) return c;
  int e, f, g;
  // Two integers of 63 bits and their product, in which nothing is lost.
  const uint64_t x = (uint64_t)(parts(a, &e) >> 63), y = (uint64_t)(parts(b, &f) >> 63);
  wide p = product(x, y), q = parts(c, &g);
  e += f + 126;
  const int shift = 125 - highest(p);
  p <<= shift;
  e -= shift;
  const int p_negative = (bits(a) ^ bits(b)) >> 63, q_negative = bits(c) >> 63;
  const int exponent = e > g ? e : g;
  p = shifted(p, exponent - e);
  q = shifted(q, exponent - g);
  if (p_negative == q_negative) return assembled(p_negative, p + q, exponent);
  if (p == q) return 0;
  return p > q ? assembled(p_negative, p - q, exponent) : assembled(q_negative, q - p, exponent);
}
