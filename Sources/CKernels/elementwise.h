// Element by element: functions, their gradients, and functions of two variables.
//
// The end of a row takes the same instructions as its middle, with lanes left out.

#define ROWS for (ptrdiff_t row = 0; row < rows; row++)
// The body twice: for whole vectors, and for the `left` elements of the last one.
#define VECTORS(...)                                                  \
  {                                                                   \
    ptrdiff_t j = 0;                                                  \
    for (; j + CK_LANES <= columns; j += CK_LANES) {                  \
      enum { PART = 0 };                                              \
      const ptrdiff_t left = CK_LANES;                                \
      (void)left;                                                     \
      __VA_ARGS__                                                     \
    }                                                                 \
    if (j < columns) {                                                \
      enum { PART = 1 };                                              \
      const ptrdiff_t left = columns - j;                             \
      __VA_ARGS__                                                     \
    }                                                                 \
  }
#define GET(P) (PART ? v_load_part((P) + j, left) : v_load((P) + j))
#define PUT(P, X)                                    \
  do {                                               \
    if (PART) v_store_part((P) + j, X, left);        \
    else v_store((P) + j, X);                        \
  } while (0)

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

// A function in two steps (`activations_float.h`), of which the first gives an exponential `e`.
// In double precision it is `PLAIN`, lane by lane.
#if defined(CK_DOUBLE)
#define MAP_STAGED(KIND, SPLIT, OF, PLAIN) MAP(KIND, PLAIN)
#else
enum { STAGE = 256 };
#define STAGED(COUNT, GET_OPERANDS, SPLIT, STORE)                                      \
  {                                                                                    \
    real stage_s[STAGE] __attribute__((aligned(64)));                                  \
    real stage_t[STAGE] __attribute__((aligned(64)));                                  \
    enum { PART = 0 };                                                                 \
    const ptrdiff_t left = CK_LANES, end = start + (COUNT);                            \
    (void)left;                                                                        \
    for (ptrdiff_t j = start; j < end; j += CK_LANES) {                                \
      GET_OPERANDS                                                                     \
      const V(power) e = (SPLIT);                                                      \
      v_store(stage_s + j - start, e.s);                                               \
      v_store(stage_t + j - start, e.t);                                               \
    }                                                                                  \
    for (ptrdiff_t j = start; j < end; j += CK_LANES) {                                \
      GET_OPERANDS                                                                     \
      const V(power) e = {v_load(stage_s + j - start), v_load(stage_t + j - start)};   \
      STORE                                                                            \
    }                                                                                  \
    start = end;                                                                       \
  }
#define IN_STAGES(GET_OPERANDS, SPLIT, STORE)                                          \
  ptrdiff_t start = 0;                                                                 \
  while (columns - start >= CK_LANES) {                                                \
    const ptrdiff_t rest = (columns - start) / CK_LANES * CK_LANES;                    \
    STAGED(rest < STAGE ? rest : STAGE, GET_OPERANDS, SPLIT, STORE)                    \
  }                                                                                    \
  if (start < columns) {                                                               \
    enum { PART = 1 };                                                                 \
    const ptrdiff_t j = start, left = columns - start;                                 \
    GET_OPERANDS                                                                       \
    const V(power) e = (SPLIT);                                                        \
    STORE                                                                              \
  }
#define MAP_STAGED(KIND, SPLIT, OF, PLAIN)                                             \
  case KIND:                                                                           \
    ROWS {                                                                             \
      const real *xs = (const real *)x_ + row * x_stride;                              \
      real *ys = (real *)y_ + row * y_stride;                                          \
      IN_STAGES(const vr x = GET(xs);, SPLIT, PUT(ys, (OF));)                          \
    }                                                                                  \
    break;
#endif

static void F(map)(const ck_function *f, ptrdiff_t rows, ptrdiff_t columns, const void *x_,
                   ptrdiff_t x_stride, void *y_, ptrdiff_t y_stride) {
  const vr a = v_set((real)f->a), b = v_set((real)f->b), c = v_set((real)f->c), zero = {0};
  (void)c;
  switch (f->kind) {
    MAP(CK_IDENTITY, x)
    MAP(CK_RELU, v_max(zero, x))
    MAP(CK_LEAKY_RELU, v_select(POSITIVE(x), x, a * x))
    MAP(CK_ELU, c * v_select(POSITIVE(x), x, a * V(expm1)(b * x)))
    MAP_STAGED(CK_TANH, V(tanh_split)(x), V(tanh_of)(x, e), V(tanh)(x))
    MAP_STAGED(CK_SCALED_TANH, V(tanh_split)(b * x), a * V(tanh_of)(b * x, e), a * V(tanh)(b * x))
    MAP_STAGED(CK_SIGMOID, V(decay_split)(x), V(sigmoid_of)(x, e), V(sigmoid)(x))
    MAP_STAGED(CK_SILU, V(silu_split)(a * x), V(silu_of)(v_max(v_set(-1000), x), a * x, e),
               V(times_sigmoid)(v_max(v_set(-1000), x), a * x))
    case CK_SOFTPLUS:
      if (f->a == 1) {
        switch (0) {
          MAP_STAGED(0, V(decay_split)(x), v_select((vi)(x > b), x, V(softplus_of)(x, e)),
                     v_select((vi)(x > b), x, V(softplus)(x)))
        }
      } else {
        switch (0) {
          MAP_STAGED(0, V(decay_split)(a * x),
                     v_select((vi)(a * x > b), x, V(softplus_of)(a * x, e) / a),
                     v_select((vi)(a * x > b), x, V(softplus)(a * x) / a))
        }
      }
      break;
    MAP_STAGED(CK_GELU, V(normal_split)(x), V(gelu_of)(x, e), V(gelu)(x))
    MAP_STAGED(CK_GELU_TANH, V(silu_split)(V(gelu_tanh_inner)(x)),
               V(gelu_tanh_of)(x, e),
               V(times_sigmoid)(v_max(v_set(-100), x), V(gelu_tanh_inner)(v_max(v_set(-100), x))))
    MAP_STAGED(CK_MISH, V(mish_split)(x), V(mish_of)(x, e), V(mish)(x))
    MAP(CK_CLAMP, v_min(b, v_max(a, x)))
    MAP(CK_HARD_SIGMOID, v_min(ONE, v_max(zero, v_fma(a, x, b))))
    MAP(CK_HARD_SWISH, x * v_min(v_set(6), v_max(zero, x + v_set(3))) / v_set(6))
    MAP(CK_SOFTSIGN, x / (ONE + v_abs(x)))
    MAP_STAGED(CK_LOG_SIGMOID, V(decay_split)(-x), -V(softplus_of)(-x, e), -V(softplus)(-x))
    MAP(CK_EXP, V(exp)(x))
    MAP(CK_EXPM1, V(expm1)(x))
    MAP(CK_LOG, V(log)(x))
    MAP(CK_LOG1P, V(log1p)(x))
    MAP_STAGED(CK_ERF, V(erf_split)(x), V(erf_of)(x, e), V(erf)(x))
    MAP(CK_SIN, V(sin)(a * x))
    MAP(CK_COS, V(cos)(a * x))
    MAP(CK_SQRT, v_sqrt(x))
    MAP(CK_RSQRT, ONE / v_sqrt(x))
    MAP(CK_RECIPROCAL, ONE / x)
    MAP(CK_SQUARE, x * x)
    MAP(CK_ABS, v_abs(x))
    MAP_STAGED(CK_GAUSSIAN, V(gaussian_split)(x), V(gaussian_of)(x, e), V(exp)(-x * x))
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

#if defined(CK_DOUBLE)
#define MAP_GRADIENT_STAGED(KIND, SPLIT, DX, PLAIN) MAP_GRADIENT(KIND, PLAIN)
#else
#define MAP_GRADIENT_STAGED(KIND, SPLIT, DX, PLAIN)                                    \
  case KIND:                                                                           \
    ROWS {                                                                             \
      const real *dys = (const real *)dy_ + row * dy_stride;                           \
      const real *ss = (const real *)s_ + row * s_stride;                              \
      real *dxs = (real *)dx_ + row * dx_stride;                                       \
      IN_STAGES(const vr s = GET(ss);, SPLIT, const vr dy = GET(dys); PUT(dxs, (DX));) \
    }                                                                                  \
    break;
#endif

static void F(map_gradient)(const ck_function *f, ptrdiff_t rows, ptrdiff_t columns,
                            const void *dy_, ptrdiff_t dy_stride, const void *s_,
                            ptrdiff_t s_stride, void *dx_, ptrdiff_t dx_stride) {
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
    MAP_GRADIENT_STAGED(CK_SCALED_TANH, V(tanh_split)(b * s),
                        dy * (a * b) * V(one_less_square)(V(tanh_of)(b * s, e)),
                        dy * (a * b) * V(one_less_square)(V(tanh)(b * s)))
    MAP_GRADIENT(CK_SIGMOID, dy * (s * (ONE - s)))
    MAP_GRADIENT_STAGED(CK_SILU, V(decay_split)(a * s), dy * V(silu_slope)(a * s, e),
                        dy * V(silu_slope)(a * s))
    MAP_GRADIENT_STAGED(CK_SOFTPLUS, V(decay_split)(a * s),
                        dy * v_select((vi)(a * s > b), ONE, V(sigmoids)(a * s, e).up),
                        dy * v_select((vi)(a * s > b), ONE, V(sigmoid)(a * s)))
    MAP_GRADIENT_STAGED(CK_GELU, V(normal_split)(s), dy * V(gelu_slope)(s, e),
                        dy * V(gelu_slope)(s))
    MAP_GRADIENT_STAGED(CK_GELU_TANH, V(decay_split)(V(gelu_tanh_inner)(WITHIN(100, s))),
                        dy * V(gelu_tanh_slope)(WITHIN(100, s), V(gelu_tanh_inner)(WITHIN(100, s)), e),
                        dy * V(gelu_tanh_slope)(WITHIN(100, s)))
    MAP_GRADIENT_STAGED(CK_MISH, V(mish_split)(s), dy * V(mish_slope)(s, e), dy * V(mish_slope)(s))
    MAP_GRADIENT(CK_CLAMP, v_where((vi)(s > a) & (vi)(s < b), dy))
    MAP_GRADIENT(CK_HARD_SIGMOID, v_where((vi)(v_fma(a, s, b) > zero) & (vi)(v_fma(a, s, b) < ONE), a * dy))
    MAP_GRADIENT(CK_HARD_SWISH, v_where((vi)(s > v_set(-3)), v_select((vi)(s < v_set(3)), dy * (s / v_set(3) + v_set((real)0.5)), dy)))
    MAP_GRADIENT(CK_SOFTSIGN, dy / ((ONE + v_abs(s)) * (ONE + v_abs(s))))
    MAP_GRADIENT_STAGED(CK_LOG_SIGMOID, V(decay_split)(s), dy * V(sigmoids)(s, e).down,
                        dy * V(sigmoid)(-s))
    MAP_GRADIENT(CK_EXP, dy * s)
    MAP_GRADIENT(CK_EXPM1, dy * (s + ONE))
    MAP_GRADIENT(CK_LOG, dy / s)
    MAP_GRADIENT(CK_LOG1P, dy / (ONE + s))
    MAP_GRADIENT_STAGED(CK_ERF, V(gaussian_split)(s),
                        dy * (v_set((real)1.12837916709551257390) * V(gaussian_of)(s, e)),
                        dy * (v_set((real)1.12837916709551257390) * V(exp)(-s * s)))
    MAP_GRADIENT(CK_SIN, dy * a * V(cos)(a * s))
    MAP_GRADIENT(CK_COS, -dy * a * V(sin)(a * s))
    MAP_GRADIENT(CK_SQRT, v_set((real)0.5) * dy / s)
    MAP_GRADIENT(CK_RSQRT, v_set((real)-0.5) * dy * s * s * s)
    MAP_GRADIENT(CK_RECIPROCAL, -dy * s * s)
    MAP_GRADIENT(CK_SQUARE, (dy + dy) * s)
    MAP_GRADIENT(CK_ABS, v_where((vi)(s != zero), (vr)((vi)dy ^ v_sign(s))))
    MAP_GRADIENT_STAGED(CK_GAUSSIAN, V(gaussian_split)(s), v_set(-2) * dy * s * V(gaussian_of)(s, e),
                        v_set(-2) * dy * s * V(exp)(-s * s))
    MAP_GRADIENT(CK_ATAN, dy / v_fma(s, s, ONE))
    MAP_GRADIENT(CK_ASINH, dy / v_sqrt(v_fma(s, s, ONE)))
    MAP_GRADIENT(CK_SOFT_SHRINK, v_where((vi)(v_abs(s) > a), dy))
    MAP_GRADIENT(CK_HARD_SHRINK, v_where((vi)(v_abs(s) > a), dy))
    MAP_GRADIENT(CK_THRESHOLD, v_where((vi)(s > a), dy))
    MAP_GRADIENT_STAGED(CK_TANH_SHRINK, V(tanh_split)(s),
                        dy * V(square)(V(tanh_of)(s, e)), dy * V(square)(V(tanh)(s)))
    MAP_GRADIENT(CK_SQUARED_RELU, (dy + dy) * v_max(zero, s))
    MAP_GRADIENT(CK_SIGN, dy - dy)
    MAP_GRADIENT(CK_STEP, dy - dy)
    default: break;
  }
}

// NaN where either is.
INLINE vr V(maximum)(vr x, vr y) { return v_select((vi)(x > y) | v_is_nan(x), x, y); }
INLINE vr V(minimum)(vr x, vr y) { return v_select((vi)(x < y) | v_is_nan(x), x, y); }

#define COMBINE(KIND, C)                                                               \
  case KIND:                                                                           \
    ROWS {                                                                             \
      const real *xs = (const real *)x_ + row * x_stride;                              \
      const real *ys = (const real *)y_ + row * y_stride;                              \
      real *zs = (real *)z_ + row * z_stride;                                          \
      VECTORS(const vr x = GET(xs); const vr y = GET(ys); PUT(zs, (C));)               \
    }                                                                                  \
    break;
#define COMBINE_ALL                    \
  COMBINE(CK_ADD, x + y)               \
  COMBINE(CK_SUBTRACT, x - y)          \
  COMBINE(CK_MULTIPLY, x *y)           \
  COMBINE(CK_DIVIDE, x / y)            \
  COMBINE(CK_MAXIMUM, V(maximum)(x, y)) \
  COMBINE(CK_MINIMUM, V(minimum)(x, y)) \
  COMBINE(CK_POWER, V(pow)(x, y))

static void F(combine)(int32_t operation, ptrdiff_t rows, ptrdiff_t columns, const void *x_,
                       ptrdiff_t x_stride, const void *y_, ptrdiff_t y_stride, void *z_,
                       ptrdiff_t z_stride) {
  switch (operation) {
    COMBINE_ALL
    default: break;
  }
}

#undef COMBINE
#define COMBINE(KIND, C)                                                               \
  case KIND:                                                                           \
    ROWS {                                                                             \
      const real *xs = (const real *)x_ + row * x_stride;                              \
      const vr y = v_set(((const real *)y_)[row * y_step]);                            \
      real *zs = (real *)z_ + row * z_stride;                                          \
      VECTORS(const vr x = GET(xs); PUT(zs, (C));)                                     \
    }                                                                                  \
    break;

static void F(combine_column)(int32_t operation, ptrdiff_t rows, ptrdiff_t columns,
                              const void *x_, ptrdiff_t x_stride, const void *y_,
                              ptrdiff_t y_step, void *z_, ptrdiff_t z_stride) {
  switch (operation) {
    COMBINE_ALL
    default: break;
  }
}

static void F(accumulate)(ptrdiff_t rows, ptrdiff_t columns, double alpha_, const void *x_,
                          ptrdiff_t x_stride, double beta_, void *y_, ptrdiff_t y_stride) {
  const vr alpha = v_set((real)alpha_), beta = v_set((real)beta_);
  const int reads = beta_ != 0;
  ROWS {
    const real *x = (const real *)x_ + row * x_stride;
    real *y = (real *)y_ + row * y_stride;
    if (reads) VECTORS(PUT(y, v_fma(alpha, GET(x), beta * GET(y)));)
    else VECTORS(PUT(y, alpha * GET(x));)
  }
}

static void F(affine)(ptrdiff_t rows, ptrdiff_t columns, double scale_, double offset_,
                      const void *x_, ptrdiff_t x_stride, void *y_, ptrdiff_t y_stride) {
  const vr scale = v_set((real)scale_), offset = v_set((real)offset_);
  ROWS {
    const real *x = (const real *)x_ + row * x_stride;
    real *y = (real *)y_ + row * y_stride;
    VECTORS(PUT(y, v_fma(scale, GET(x), offset));)
  }
}

static void F(fill)(ptrdiff_t rows, ptrdiff_t columns, double value, void *y_,
                    ptrdiff_t y_stride) {
  const vr v = v_set((real)value);
  ROWS {
    real *y = (real *)y_ + row * y_stride;
    VECTORS(PUT(y, v);)
  }
}

// A step of an optimizer. Each parameter is on its own, so the order does not matter.
static void F(update)(const ck_update *u, ptrdiff_t columns, void *p_, const void *g_, void *m_,
                      void *v_) {
  real *p = p_, *m = m_, *v = v_;
  const real *gs = g_;
  const vr rate = v_set((real)u->rate), mu = v_set((real)u->momentum);
  const vr keep = v_set((real)(1 - u->dampening)), decay = v_set((real)u->decay);
  const vr b1 = v_set((real)u->beta1), b2 = v_set((real)u->beta2);
  const vr c1 = v_set((real)(1 - u->beta1)), c2 = v_set((real)(1 - u->beta2));
  const vr eps = v_set((real)u->epsilon);
  const vr step = v_set((real)(u->rate / u->correction1));
  const vr root = v_set((real)(1 / __builtin_sqrt(u->correction2)));
  const vr shrink = v_set((real)(1 - u->rate * u->decay));
  const int nesterov = u->nesterov, first = u->first, decoupled = u->decoupled;
#define STEP(...)                                   \
  VECTORS(vr w = GET(p); vr g = GET(gs);            \
          if (decoupled) w *= shrink;               \
          else g = v_fma(decay, w, g);              \
          __VA_ARGS__ PUT(p, w);)
  switch (u->kind) {
    case CK_MOMENTUM:
      STEP(const vr n = first ? g : v_fma(mu, GET(m), keep * g); PUT(m, n);
           w = v_fnma(rate, nesterov ? v_fma(mu, n, g) : n, w);)
      break;
    case CK_ADAM:
      STEP(const vr n = v_fma(b1, GET(m), c1 * g); const vr q = v_fma(b2, GET(v), c2 * g * g);
           PUT(m, n); PUT(v, q); w = v_fnma(step, n / v_fma(v_sqrt(q), root, eps), w);)
      break;
    case CK_RMSPROP:
      STEP(const vr q = v_fma(b2, GET(v), c2 * g * g); PUT(v, q);
           w = v_fnma(rate, g / (v_sqrt(q) + eps), w);)
      break;
    case CK_ADAGRAD:
      STEP(const vr q = v_fma(g, g, GET(v)); PUT(v, q);
           w = v_fnma(rate, g / (v_sqrt(q) + eps), w);)
      break;
    default: STEP(w = v_fnma(rate, g, w);)
  }
#undef STEP
}
