// Compares the arithmetic that replaces the C library's in WebAssembly with the system's own, on
// the build machine. `library.c` is compiled with its functions named `our_…`.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

float our_fmaf(float, float, float);
double our_fma(double, double, double);
double our_round(double);
__int128 our_multi3(__int128, __int128);
__int128 our_ashlti3(__int128, int);
__int128 our_lshrti3(__int128, int);

static uint64_t state = 1;

// splitmix64
static uint64_t draw(void) {
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

// Any bits, small exponents, few bits in the fraction, subnormals, zeros, infinities and NaN.
static double number(void) {
  uint64_t b = draw();
  switch (draw() % 8) {
    case 0: break;
    case 1: b = (b & ~(0x7ffull << 52)) | (1023 + draw() % 40) << 52; break;
    case 2: b &= ~0ull << (draw() % 52); break;
    case 3:
      b = (b & ~(0x7ffull << 52) & ~0ull << (draw() % 52)) | (1000 + draw() % 48) << 52;
      break;
    case 4: b &= ~(0x7ffull << 52); break;
    case 5: b = (b & ~(0x7ffull << 52)) | (draw() % 60) << 52; break;
    case 6: b = (b & ~(0x7ffull << 52)) | (1990 + draw() % 58) << 52; break;
    default: b = (b >> 63 << 63) | (draw() % 3 ? 0x3ffull << 52 : draw() % 2 ? 0 : 0x7ffull << 52);
  }
  double x;
  memcpy(&x, &b, sizeof x);
  return x;
}

static float small_number(void) {
  uint32_t b = (uint32_t)draw();
  switch (draw() % 5) {
    case 0: break;
    case 1:
      b = (b & ~(0xffu << 23) & ~0u << (draw() % 23)) | (uint32_t)(110 + draw() % 35) << 23;
      break;
    case 2: b &= ~(0xffu << 23); break;
    case 3: b = (b & ~(0xffu << 23)) | (uint32_t)(draw() % 30) << 23; break;
    default: b = (b & ~(0xffu << 23)) | (uint32_t)(64 + draw() % 20) << 23;
  }
  float x;
  memcpy(&x, &b, sizeof x);
  return x;
}

static int same(double a, double b) { return (a != a && b != b) || memcmp(&a, &b, sizeof a) == 0; }

int main(void) {
  const int count = 4000000;
  for (int i = 0; i < count; i++) {
    double a = number(), b = number(), c = number();
    // Often a sum that cancels.
    if (i % 3 == 0) c = -(a * b);
    if (!same(our_fma(a, b, c), fma(a, b, c))) {
      printf("fma(%a, %a, %a) is %a, not %a\n", a, b, c, fma(a, b, c), our_fma(a, b, c));
      return 1;
    }
    float x = small_number(), y = small_number(), z = small_number();
    if (i % 3 == 0) z = -(x * y);
    if (!same(our_fmaf(x, y, z), fmaf(x, y, z))) {
      printf("fmaf(%a, %a, %a) is %a, not %a\n", x, y, z, fmaf(x, y, z), our_fmaf(x, y, z));
      return 1;
    }
    const double half = i % 2 ? a : (double)(int64_t)(draw() >> 40) / 2;
    if (!same(our_round(half), round(half))) {
      printf("round(%a) is %a, not %a\n", half, round(half), our_round(half));
      return 1;
    }
    const __int128 m = (__int128)draw() << 64 | draw(), n = (__int128)draw() << 64 | draw();
    if (our_multi3(m, n) != (__int128)((unsigned __int128)m * (unsigned __int128)n)) {
      printf("a product of 128 bits differs\n");
      return 1;
    }
    const int shift = i % 128;
    if (our_ashlti3(m, shift) != (__int128)((unsigned __int128)m << shift) ||
        our_lshrti3(m, shift) != (__int128)((unsigned __int128)m >> shift)) {
      printf("a shift of 128 bits by %d differs\n", shift);
      return 1;
    }
  }
  printf("fma, fmaf, round, products and shifts of 128 bits agree with the system's on %d draws\n",
         count);
}
