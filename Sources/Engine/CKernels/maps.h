// Functions element by element, and their gradients.
//
// `MAPS` is `static` where the table is in the same file.

#define MAP(KIND, Y)                                                                   \
  case KIND:                                                                           \
    ROWS {                                                                             \
      const real *xs = (const real *)x_ + row * x_stride;                              \
      real *ys = (real *)y_ + row * y_stride;                                          \
      VECTORS(const vr x = GET(xs); PUT(ys, (Y));)                                     \
    }                                                                                  \
    break;

#define POSITIVE(X) ((vi)((X) > (vr){0}))
#define ONE v_set(1)
#define WITHIN(LIMIT, X) v_min(v_set(LIMIT), v_max(v_set(-(LIMIT)), X))
INLINE vr V(square)(vr x) { return x * x; }
INLINE vr V(one_less_square)(vr x) { return v_fnma(x, x, v_set(1)); }

MAPS void F(map)(const ck_function *f, ptrdiff_t rows, ptrdiff_t columns, const void *x_,
                 ptrdiff_t x_stride, void *y_, ptrdiff_t y_stride) {
  if (x_stride == columns && y_stride == columns) {  // one long row has one end
    columns *= rows;
    rows = 1;
  }
  const vr a = v_set((real)f->a), b = v_set((real)f->b), c = v_set((real)f->c), zero = {0};
  (void)c;
  switch (f->kind) {
    MAP(CK_IDENTITY, x)
    MAP(CK_RELU, v_max(zero, x))
    MAP(CK_LEAKY_RELU, v_select(POSITIVE(x), x, a * x))
    MAP(CK_ELU, c * v_select(POSITIVE(x), x, a * V(expm1)(b * x)))
    MAP(CK_TANH, V(tanh)(x))
    MAP(CK_SCALED_TANH, a * V(tanh)(b * x))
    MAP(CK_SIGMOID, V(sigmoid)(x))
    MAP(CK_SILU, V(times_sigmoid)(v_max(v_set(-1000), x), a * x))
    case CK_SOFTPLUS:
      if (f->a == 1) {
        switch (0) { MAP(0, v_select((vi)(x > b), x, V(softplus)(x))) }
      } else {
        switch (0) { MAP(0, v_select((vi)(a * x > b), x, V(softplus)(a * x) / a)) }
      }
      break;
    MAP(CK_GELU, V(gelu)(x))
    MAP(CK_GELU_TANH, V(gelu_tanh)(x))
    MAP(CK_MISH, V(mish)(x))
    MAP(CK_CLAMP, v_min(b, v_max(a, x)))
    MAP(CK_HARD_SIGMOID, v_min(ONE, v_max(zero, v_fma(a, x, b))))
    MAP(CK_HARD_SWISH, x * v_min(v_set(6), v_max(zero, x + v_set(3))) / v_set(6))
    MAP(CK_SOFTSIGN, x / (ONE + v_abs(x)))
    MAP(CK_LOG_SIGMOID, -V(softplus)(-x))
    MAP(CK_EXP, V(exp)(x))
    MAP(CK_EXPM1, V(expm1)(x))
    MAP(CK_LOG, V(log)(x))
    MAP(CK_LOG1P, V(log1p)(x))
    MAP(CK_ERF, V(erf)(x))
    MAP(CK_SIN, V(sin)(a * x))
    MAP(CK_COS, V(cos)(a * x))
    MAP(CK_SQRT, v_sqrt(x))
    MAP(CK_RSQRT, ONE / v_sqrt(x))
    MAP(CK_RECIPROCAL, ONE / x)
    MAP(CK_SQUARE, x * x)
    MAP(CK_ABS, v_abs(x))
    MAP(CK_GAUSSIAN, V(gaussian)(x))
    MAP(CK_ATAN, V(atan)(x))
    MAP(CK_ASINH, V(asinh)(x))
    MAP(CK_SOFT_SHRINK, v_select((vi)(x > a), x - a, v_select((vi)(x < -a), x + a, x - x)))
    MAP(CK_HARD_SHRINK, v_select((vi)(v_abs(x) > a) | v_is_nan(x), x, zero))
    MAP(CK_THRESHOLD, v_select((vi)(x > a) | v_is_nan(x), x, b))
    MAP(CK_TANH_SHRINK, V(tanh_shrink)(x))
    MAP(CK_SQUARED_RELU, v_max(zero, x) * v_max(zero, x))
    MAP(CK_SIGN, v_select((vi)(x != zero) & ~v_is_nan(x), v_copysign(ONE, x), x))
    MAP(CK_STEP, v_select(v_is_nan(x), x, v_where((vi)(x >= zero), ONE)))
    default: break;
  }
}

#define MAP_GRADIENT(KIND, DX)                                                         \
  case KIND:                                                                           \
    ROWS {                                                                             \
      const real *dys = (const real *)dy_ + row * dy_stride;                           \
      const real *ss = (const real *)s_ + row * s_stride;                              \
      real *dxs = (real *)dx_ + row * dx_stride;                                       \
      VECTORS(const vr dy = GET(dys); const vr s = GET(ss); (void)s; PUT(dxs, (DX));)  \
    }                                                                                  \
    break;

MAPS void F(map_gradient)(const ck_function *f, ptrdiff_t rows, ptrdiff_t columns,
                          const void *dy_, ptrdiff_t dy_stride, const void *s_,
                          ptrdiff_t s_stride, void *dx_, ptrdiff_t dx_stride) {
  if (dy_stride == columns && s_stride == columns && dx_stride == columns) {
    columns *= rows;
    rows = 1;
  }
  const vr a = v_set((real)f->a), b = v_set((real)f->b), c = v_set((real)f->c), zero = {0};
  switch (f->kind) {
    MAP_GRADIENT(CK_IDENTITY, dy)
    MAP_GRADIENT(CK_RELU, v_where(POSITIVE(s), dy))
    MAP_GRADIENT(CK_LEAKY_RELU, v_select(POSITIVE(s), dy, a * dy))
    case CK_ELU:
      if (f->a > 0 && f->c > 0) {
        switch (0) { MAP_GRADIENT(0, dy * v_select(POSITIVE(s), c, b * v_fma(c, a, s))) }
      } else {
        switch (0) {
          MAP_GRADIENT(0, dy * v_select(POSITIVE(s), c, c * a * b * V(exp)(b * s)))
        }
      }
      break;
    MAP_GRADIENT(CK_TANH, dy * v_fnma(s, s, ONE))
    MAP_GRADIENT(CK_SCALED_TANH, dy * (a * b) * V(one_less_square)(V(tanh)(b * s)))
    MAP_GRADIENT(CK_SIGMOID, dy * (s * (ONE - s)))
    MAP_GRADIENT(CK_SILU, dy * V(silu_slope)(a * s))
    MAP_GRADIENT(CK_SOFTPLUS, dy * v_select((vi)(a * s > b), ONE, V(sigmoid)(a * s)))
    MAP_GRADIENT(CK_GELU, dy * V(gelu_slope)(s))
    MAP_GRADIENT(CK_GELU_TANH, dy * V(gelu_tanh_slope)(WITHIN(100, s)))
    MAP_GRADIENT(CK_MISH, dy * V(mish_slope)(s))
    MAP_GRADIENT(CK_CLAMP, v_where((vi)(s > a) & (vi)(s < b), dy))
    MAP_GRADIENT(CK_HARD_SIGMOID, v_where((vi)(v_fma(a, s, b) > zero) & (vi)(v_fma(a, s, b) < ONE), a * dy))
    MAP_GRADIENT(CK_HARD_SWISH, v_where((vi)(s > v_set(-3)), v_select((vi)(s < v_set(3)), dy * (s / v_set(3) + v_set((real)0.5)), dy)))
    MAP_GRADIENT(CK_SOFTSIGN, dy / ((ONE + v_abs(s)) * (ONE + v_abs(s))))
    MAP_GRADIENT(CK_LOG_SIGMOID, dy * V(sigmoid)(-s))
    MAP_GRADIENT(CK_EXP, dy * s)
    MAP_GRADIENT(CK_EXPM1, dy * (s + ONE))
    MAP_GRADIENT(CK_LOG, dy / s)
    MAP_GRADIENT(CK_LOG1P, dy / (ONE + s))
    MAP_GRADIENT(CK_ERF, dy * (v_set((real)1.12837916709551257390) * V(gaussian)(s)))
    MAP_GRADIENT(CK_SIN, dy * a * V(cos)(a * s))
    MAP_GRADIENT(CK_COS, -dy * a * V(sin)(a * s))
    MAP_GRADIENT(CK_SQRT, v_set((real)0.5) * dy / s)
    MAP_GRADIENT(CK_RSQRT, v_set((real)-0.5) * dy * s * s * s)
    MAP_GRADIENT(CK_RECIPROCAL, -dy * s * s)
    MAP_GRADIENT(CK_SQUARE, (dy + dy) * s)
    MAP_GRADIENT(CK_ABS, v_where((vi)(s != zero), (vr)((vi)dy ^ v_sign(s))))
    MAP_GRADIENT(CK_GAUSSIAN, v_set(-2) * dy * s * V(gaussian)(s))
    MAP_GRADIENT(CK_ATAN, dy / v_fma(s, s, ONE))
    MAP_GRADIENT(CK_ASINH, dy / v_sqrt(v_fma(s, s, ONE)))
    MAP_GRADIENT(CK_SOFT_SHRINK, v_where((vi)(v_abs(s) > a), dy))
    MAP_GRADIENT(CK_HARD_SHRINK, v_where((vi)(v_abs(s) > a), dy))
    MAP_GRADIENT(CK_THRESHOLD, v_where((vi)(s > a), dy))
    MAP_GRADIENT(CK_TANH_SHRINK, dy * V(square)(V(tanh)(s)))
    MAP_GRADIENT(CK_SQUARED_RELU, (dy + dy) * v_max(zero, s))
    MAP_GRADIENT(CK_SIGN, dy - dy)
    MAP_GRADIENT(CK_STEP, dy - dy)
    default: break;
  }
}
