#include "ckernels.h"

#include <math.h>
#include <string.h>

extern const ck_table ck_table_reference, ck_table_double;

#if defined(__x86_64__)
#include <cpuid.h>

extern const ck_table ck_table_avx2, ck_table_avx512;

// The parts of the registers that the operating system saves (XCR0).
static uint64_t saved_state(void) {
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

static int32_t has_vectors(int32_t wide) {
  uint32_t a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  const uint32_t fma = 1u << 12, osxsave = 1u << 27, avx = 1u << 28;
  if ((c & (fma | osxsave | avx)) != (fma | osxsave | avx)) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  const uint64_t state = saved_state();
  if (!(b & (1u << 5)) || (state & 0x6) != 0x6) return 0;
  const uint32_t avx512 = 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31;  // F, DQ, BW, VL
  return !wide || ((b & avx512) == avx512 && (state & 0xe6) == 0xe6);
}
#elif defined(__aarch64__)
extern const ck_table ck_table_neon;
#endif

const ck_table *ck_table_named(const char *name) {
  if (strcmp(name, "reference") == 0) return &ck_table_reference;
#if defined(__x86_64__)
  if (strcmp(name, "avx2") == 0) return has_vectors(0) ? &ck_table_avx2 : 0;
  if (strcmp(name, "avx512") == 0) return has_vectors(1) ? &ck_table_avx512 : 0;
#elif defined(__aarch64__)
  if (strcmp(name, "neon") == 0) return &ck_table_neon;
#endif
  return 0;
}

const char *ck_table_name(int32_t index) {
  static const char *const names[] = {"reference", "avx2", "avx512", "neon"};
  return index >= 0 && index < (int32_t)(sizeof names / sizeof *names) ? names[index] : 0;
}

const ck_table *ck_best_table(void) {
  const ck_table *best = &ck_table_reference;
  for (int32_t i = 1; ck_table_name(i); i++) {
    const ck_table *table = ck_table_named(ck_table_name(i));
    if (table) best = table;
  }
  return best;
}

const ck_table *ck_double_table(void) { return &ck_table_double; }

int32_t ck_saves_output(const ck_function *f) {
  switch (f->kind) {
    case CK_LEAKY_RELU: return f->a >= 0;
    case CK_ELU: return f->a > 0 && f->c > 0;
    case CK_IDENTITY:
    case CK_RELU:
    case CK_TANH:
    case CK_SIGMOID:
    case CK_CLAMP:
    case CK_EXP:
    case CK_EXPM1:
    case CK_SQRT:
    case CK_RSQRT:
    case CK_RECIPROCAL:
    case CK_SIGN:
    case CK_STEP: return 1;
    default: return 0;
  }
}
