// Vectors of `real` by compiler extensions; only what those lack is written per instruction set.
//
// A table file defines CK_LANES, `real`, `ireal` and at most one of CK_AVX2, CK_AVX512, CK_NEON
// before it includes this. What a lane computes never depends on its place or on how many there
// are, so a function of vectors gives the same bits from every table.

#define INLINE static inline __attribute__((always_inline))
#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

typedef real vr __attribute__((vector_size(CK_LANES * sizeof(real))));
typedef ireal vi __attribute__((vector_size(CK_LANES * sizeof(real))));
typedef real vr_unaligned
    __attribute__((vector_size(CK_LANES * sizeof(real)), aligned(sizeof(real)), may_alias));

INLINE vr v_load(const real *p) { return *(const vr_unaligned *)p; }
INLINE void v_store(real *p, vr v) { *(vr_unaligned *)p = v; }
INLINE vr v_set(real x) { return x - (vr){0}; }
INLINE vi v_set_i(ireal x) { return x - (vi){0}; }

#if defined(CK_AVX2)
INLINE vr v_fma(vr a, vr b, vr c) { return (vr)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c); }
INLINE vr v_fnma(vr a, vr b, vr c) { return (vr)_mm256_fnmadd_ps((__m256)a, (__m256)b, (__m256)c); }
INLINE vr v_sqrt(vr a) { return (vr)_mm256_sqrt_ps((__m256)a); }
static const int32_t part_masks[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
INLINE __m256i v_part(ptrdiff_t n) {
  return _mm256_loadu_si256((const __m256i *)(part_masks + 8 - n));
}
INLINE vr v_load_part(const real *p, ptrdiff_t n) {
  return (vr)_mm256_maskload_ps(p, v_part(n));
}
INLINE void v_store_part(real *p, vr v, ptrdiff_t n) {
  _mm256_maskstore_ps(p, v_part(n), (__m256)v);
}
INLINE vr v_select(vi mask, vr a, vr b) {
  return (vr)_mm256_blendv_ps((__m256)b, (__m256)a, (__m256)mask);
}
// The second operand where either is NaN.
INLINE vr v_min(vr a, vr b) { return (vr)_mm256_min_ps((__m256)a, (__m256)b); }
INLINE vr v_max(vr a, vr b) { return (vr)_mm256_max_ps((__m256)a, (__m256)b); }
#elif defined(CK_AVX512)
INLINE vr v_fma(vr a, vr b, vr c) { return (vr)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c); }
INLINE vr v_fnma(vr a, vr b, vr c) { return (vr)_mm512_fnmadd_ps((__m512)a, (__m512)b, (__m512)c); }
INLINE vr v_sqrt(vr a) { return (vr)_mm512_sqrt_ps((__m512)a); }
INLINE vr v_load_part(const real *p, ptrdiff_t n) {
  return (vr)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
}
INLINE void v_store_part(real *p, vr v, ptrdiff_t n) {
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)v);
}
INLINE vr v_select(vi mask, vr a, vr b) {
  return (vr)(((vi)a & mask) | ((vi)b & ~mask));
}
INLINE vr v_min(vr a, vr b) { return (vr)_mm512_min_ps((__m512)a, (__m512)b); }
INLINE vr v_max(vr a, vr b) { return (vr)_mm512_max_ps((__m512)a, (__m512)b); }
#else
#if defined(CK_NEON)
INLINE vr v_fma(vr a, vr b, vr c) {
  return (vr)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
}
INLINE vr v_fnma(vr a, vr b, vr c) {
  return (vr)vfmsq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
}
INLINE vr v_sqrt(vr a) { return (vr)vsqrtq_f32((float32x4_t)a); }
#else
INLINE vr v_fma(vr a, vr b, vr c) {
  vr r;
  for (int i = 0; i < CK_LANES; i++) r[i] = SCALAR_FMA(a[i], b[i], c[i]);
  return r;
}
INLINE vr v_fnma(vr a, vr b, vr c) { return v_fma(-a, b, c); }
INLINE vr v_sqrt(vr a) {
  vr r;
  for (int i = 0; i < CK_LANES; i++) r[i] = SCALAR_SQRT(a[i]);
  return r;
}
#endif
INLINE vr v_load_part(const real *p, ptrdiff_t n) {
  vr r = {0};
  for (ptrdiff_t i = 0; i < n; i++) r[i] = p[i];
  return r;
}
INLINE void v_store_part(real *p, vr v, ptrdiff_t n) {
  for (ptrdiff_t i = 0; i < n; i++) p[i] = v[i];
}
INLINE vr v_select(vi mask, vr a, vr b) { return (vr)(((vi)a & mask) | ((vi)b & ~mask)); }
INLINE vr v_min(vr a, vr b) { return v_select((vi)(a < b), a, b); }
INLINE vr v_max(vr a, vr b) { return v_select((vi)(a > b), a, b); }
#endif

INLINE vr v_abs(vr a) { return (vr)((vi)a & ~(vi)v_set((real)-0.0)); }
INLINE vi v_sign(vr a) { return (vi)a & (vi)v_set((real)-0.0); }
INLINE vr v_copysign(vr magnitude, vr sign) { return (vr)((vi)magnitude | v_sign(sign)); }
INLINE vr v_where(vi mask, vr a) { return (vr)((vi)a & mask); }
INLINE vi v_is_nan(vr a) { return (vi)(a != a); }
