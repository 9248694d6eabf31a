// Vectors of `real` by compiler extensions; only what those lack is written per instruction set.
//
// A table file defines CK_LANES, `real`, `ireal` and at most one of CK_AVX2, CK_AVX512, CK_NEON
// before it includes this. What a lane computes never depends on its place or on how many there
// are, so a function of vectors gives the same bits from every table.

// Everything here is inlined, so how a wide vector would be passed does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))
#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

#define COLD __attribute__((noinline, cold))
#define UNLIKELY(CONDITION) __builtin_expect(CONDITION, 0)

typedef real vr __attribute__((vector_size(CK_LANES * sizeof(real))));
typedef ireal vi __attribute__((vector_size(CK_LANES * sizeof(real))));
typedef real vr_unaligned
    __attribute__((vector_size(CK_LANES * sizeof(real)), aligned(sizeof(real)), may_alias));

INLINE vr v_load(const real *p) { return *(const vr_unaligned *)p; }
INLINE void v_store(real *p, vr v) { *(vr_unaligned *)p = v; }
INLINE vr v_set(real x) { return x - (vr){0}; }
INLINE vi v_set_i(ireal x) { return x - (vi){0}; }

INLINE vr v_select(vi mask, vr a, vr b) { return (vr)(((vi)a & mask) | ((vi)b & ~mask)); }
// `min` and `max` give the second operand where either is NaN, as the instruction of x86 does;
// `v_all` and `v_any` take masks.
#if defined(CK_AVX2)
enum { REGISTERS = CK_LANES / 8 };
typedef union { vr v; vi i; __m256 part[REGISTERS]; } v_parts;
INLINE vr v_min(vr a, vr b) {
  v_parts x = {.v = a}, y = {.v = b};
  UNROLL for (int r = 0; r < REGISTERS; r++) x.part[r] = _mm256_min_ps(x.part[r], y.part[r]);
  return x.v;
}
INLINE vr v_max(vr a, vr b) {
  v_parts x = {.v = a}, y = {.v = b};
  UNROLL for (int r = 0; r < REGISTERS; r++) x.part[r] = _mm256_max_ps(x.part[r], y.part[r]);
  return x.v;
}
INLINE int v_any(vi mask) {
  const v_parts m = {.i = mask};
  __m256 any = m.part[0];
  UNROLL for (int r = 1; r < REGISTERS; r++) any = _mm256_or_ps(any, m.part[r]);
  return _mm256_movemask_ps(any) != 0;
}
INLINE int v_all(vi mask) {
  const v_parts m = {.i = mask};
  __m256 all = m.part[0];
  UNROLL for (int r = 1; r < REGISTERS; r++) all = _mm256_and_ps(all, m.part[r]);
  return _mm256_movemask_ps(all) == 0xff;
}
#elif defined(CK_AVX512)
INLINE vr v_min(vr a, vr b) { return (vr)_mm512_min_ps((__m512)a, (__m512)b); }
INLINE vr v_max(vr a, vr b) { return (vr)_mm512_max_ps((__m512)a, (__m512)b); }
INLINE int v_any(vi mask) { return _mm512_movepi32_mask((__m512i)mask) != 0; }
INLINE int v_all(vi mask) { return _mm512_movepi32_mask((__m512i)mask) == 0xffff; }
#else
INLINE vr v_min(vr a, vr b) { return v_select((vi)(a < b), a, b); }
INLINE vr v_max(vr a, vr b) { return v_select((vi)(a > b), a, b); }
INLINE int v_any(vi mask) {
  ireal any = 0;
  for (int i = 0; i < CK_LANES; i++) any |= mask[i];
  return any != 0;
}
INLINE int v_all(vi mask) { return !v_any(~mask); }
#endif

// A processor looks about a hundred instructions ahead: too few to overlap the chains of dependent
// steps that a function is, were they computed one register after another, as the compiler would do
// to save registers. So the four registers of the widest vectors take each step together.
#if defined(CK_AVX2) && CK_LANES == 32
INLINE vr v_together(vr a) {
  v_parts x = {.v = a};
  __asm__("" : "+x"(x.part[0]), "+x"(x.part[1]), "+x"(x.part[2]), "+x"(x.part[3]));
  return x.v;
}
#else
INLINE vr v_together(vr a) { return a; }
#endif

#if (defined(CK_AVX2) || defined(CK_AVX512) || defined(CK_NEON)) && defined(__clang__)
INLINE vr v_fma(vr a, vr b, vr c) { return v_together(__builtin_elementwise_fma(a, b, c)); }
INLINE vr v_sqrt(vr a) { return __builtin_elementwise_sqrt(a); }
#elif defined(CK_NEON)
#define FOURS(RESULT, ...)                                                        \
  for (int q = 0; q < CK_LANES / 4; q++) {                                        \
    const float32x4_t r_ = (__VA_ARGS__);                                         \
    memcpy((float *)&RESULT + 4 * q, &r_, sizeof r_);                             \
  }
#define FOUR(V) vld1q_f32((const float *)&V + 4 * q)
INLINE vr v_fma(vr a, vr b, vr c) {
  vr r;
  FOURS(r, vfmaq_f32(FOUR(c), FOUR(a), FOUR(b)))
  return r;
}
INLINE vr v_sqrt(vr a) {
  vr r;
  FOURS(r, vsqrtq_f32(FOUR(a)))
  return r;
}
#else
INLINE vr v_fma(vr a, vr b, vr c) {
  vr r;
  for (int i = 0; i < CK_LANES; i++) r[i] = SCALAR_FMA(a[i], b[i], c[i]);
  return r;
}
INLINE vr v_sqrt(vr a) {
  vr r;
  for (int i = 0; i < CK_LANES; i++) r[i] = SCALAR_SQRT(a[i]);
  return r;
}
#endif
INLINE vr v_fnma(vr a, vr b, vr c) { return v_fma(-a, b, c); }

// The first n lanes; the others are zero and are not written.
#if defined(CK_AVX2)
static const int32_t part_masks[32] = {-1, -1, -1, -1, -1, -1, -1, -1,
                                       -1, -1, -1, -1, -1, -1, -1, -1};
INLINE __m256i v_part(ptrdiff_t n) {
  return _mm256_loadu_si256((const __m256i *)(part_masks + 16 - n));
}
INLINE vr v_load_part(const real *p, ptrdiff_t n) {
  v_parts x;
  UNROLL for (int r = 0; r < REGISTERS; r++) {
    const ptrdiff_t left = n - 8 * r;
    x.part[r] = _mm256_maskload_ps(p + 8 * r, v_part(left < 0 ? 0 : left > 8 ? 8 : left));
  }
  return x.v;
}
// In pieces of eight, four, two and one: the masked store of AMD's processors takes longer.
INLINE void v_store_half(real *p, __m256 v, ptrdiff_t n) {
  __m128 low = _mm256_castps256_ps128(v);
  if (n & 4) {
    _mm_storeu_ps(p, low);
    p += 4;
    low = _mm256_extractf128_ps(v, 1);
  }
  if (n & 2) {
    _mm_storel_pi((__m64 *)p, low);
    p += 2;
    low = _mm_movehl_ps(low, low);
  }
  if (n & 1) _mm_store_ss(p, low);
}
INLINE void v_store_part(real *p, vr v, ptrdiff_t n) {
  const v_parts x = {.v = v};
  UNROLL for (int r = 0; r < REGISTERS; r++, p += 8, n -= 8) {
    if (n >= 8) {
      _mm256_storeu_ps(p, x.part[r]);
    } else {
      v_store_half(p, x.part[r], n);
      return;
    }
  }
}
#elif defined(CK_AVX512)
INLINE vr v_load_part(const real *p, ptrdiff_t n) {
  return (vr)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
}
INLINE void v_store_part(real *p, vr v, ptrdiff_t n) {
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)v);
}
#else
INLINE vr v_load_part(const real *p, ptrdiff_t n) {
  vr r = {0};
  for (ptrdiff_t i = 0; i < n; i++) r[i] = p[i];
  return r;
}
INLINE void v_store_part(real *p, vr v, ptrdiff_t n) {
  for (ptrdiff_t i = 0; i < n; i++) p[i] = v[i];
}
#endif

// Vectors of the machine's own width, for the accumulators of products.
#if defined(CK_AVX2) || defined(CK_NEON)
typedef real vt __attribute__((vector_size(TILE_LANES * sizeof(real))));
typedef real vt_unaligned
    __attribute__((vector_size(TILE_LANES * sizeof(real)), aligned(sizeof(real)), may_alias));
INLINE vt t_load(const real *p) { return *(const vt_unaligned *)p; }
INLINE void t_store(real *p, vt v) { *(vt_unaligned *)p = v; }
INLINE vt t_set(real x) { return x - (vt){0}; }
#if defined(CK_AVX2)
INLINE vt t_fma(vt a, vt b, vt c) { return (vt)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c); }
// Written out, because the compiler would load many factors ahead and spill sums for them.
#define T_BROADCAST(X, P) __asm__ volatile("vbroadcastss %1, %0" : "=x"(X) : "m"(*(P)))
#define T_ACCUMULATE(SUM, X, Y) \
  __asm__ volatile("vfmadd231ps %2, %1, %0" : "+x"(SUM) : "x"(X), "x"(Y))
INLINE vt t_load_part(const real *p, ptrdiff_t n) {
  return (vt)_mm256_maskload_ps(p, _mm256_loadu_si256((const __m256i *)(part_masks + 16 - n)));
}
INLINE void t_store_part(real *p, vt v, ptrdiff_t n) { v_store_half(p, (__m256)v, n); }
#else
INLINE vt t_fma(vt a, vt b, vt c) {
  return (vt)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
}
INLINE vt t_load_part(const real *p, ptrdiff_t n) {
  vt r = {0};
  for (ptrdiff_t i = 0; i < n; i++) r[i] = p[i];
  return r;
}
INLINE void t_store_part(real *p, vt v, ptrdiff_t n) {
  for (ptrdiff_t i = 0; i < n; i++) p[i] = v[i];
}
#endif
#else
typedef vr vt;
#define t_load v_load
#define t_store v_store
#define t_set v_set
#define t_fma v_fma
#define t_load_part v_load_part
#define t_store_part v_store_part
#endif

#if !defined(T_BROADCAST)
#define T_BROADCAST(X, P) X = t_set(*(P))
#define T_ACCUMULATE(SUM, X, Y) SUM = t_fma(X, Y, SUM)
#endif

INLINE vr v_abs(vr a) { return (vr)((vi)a & ~(vi)v_set((real)-0.0)); }
INLINE vi v_sign(vr a) { return (vi)a & (vi)v_set((real)-0.0); }
INLINE vr v_copysign(vr magnitude, vr sign) { return (vr)((vi)magnitude | v_sign(sign)); }
INLINE vr v_where(vi mask, vr a) { return (vr)((vi)a & mask); }
INLINE vi v_is_nan(vr a) { return (vi)(a != a); }
