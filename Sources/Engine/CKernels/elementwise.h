// Element by element: functions of two variables, sums, fills, and the steps of optimizers.

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

// An optimizer's state `n` elements on, where it has any.
INLINE real *F(state_at)(void *state, ptrdiff_t n) { return state ? (real *)state + n : 0; }

// What an optimizer's step multiplies by and adds, in the precision of the parameters.
typedef struct {
  int32_t kind, nesterov, first, decoupled;
  real rate, mu, keep, decay, b1, b2, c1, c2, eps, step, root, shrink;
} F(rule);

INLINE F(rule) F(rule_of)(const ck_update *u) {
  F(rule) r = {.kind = u->kind, .nesterov = u->nesterov, .first = u->first,
    .decoupled = u->decoupled, .rate = (real)u->rate, .decay = (real)u->decay};
  if (u->kind == CK_MOMENTUM) {
    r.mu = (real)u->momentum;
    r.keep = (real)(1 - u->dampening);
  } else if (u->kind != CK_SGD) {
    r.b1 = (real)u->beta1, r.b2 = (real)u->beta2;
    r.c1 = (real)(1 - u->beta1), r.c2 = (real)(1 - u->beta2);
    r.eps = (real)u->epsilon;
    r.step = (real)(u->rate / u->correction1);
    r.root = (real)(1 / __builtin_sqrt(u->correction2));
    r.shrink = (real)(1 - u->rate * u->decay);
  }
  return r;
}

// A step of an optimizer. Each parameter is on its own, so the order does not matter. Parameters
// and state lie alike.
static void F(step_rows)(const F(rule) *u, ptrdiff_t rows, ptrdiff_t columns, void *p_,
                         ptrdiff_t p_stride, const void *g_, ptrdiff_t g_stride, void *m_,
                         void *v_) {
  const vr rate = v_set(u->rate), decay = v_set(u->decay);
  const int decoupled = u->decoupled;
#define STEP(...)                                                \
  ROWS {                                                         \
    real *p = (real *)p_ + row * p_stride;                       \
    const real *gs = (const real *)g_ + row * g_stride;          \
    real *m = F(state_at)(m_, row * p_stride);                   \
    real *v = F(state_at)(v_, row * p_stride);                   \
    (void)m, (void)v;                                            \
    VECTORS(vr w = GET(p); vr g = GET(gs);                       \
            if (decoupled) w *= v_set(u->shrink);                \
            else g = v_fma(decay, w, g);                         \
            __VA_ARGS__ PUT(p, w);)                              \
  }
  switch (u->kind) {
    case CK_MOMENTUM: {
      const vr mu = v_set(u->mu), keep = v_set(u->keep);
      const int nesterov = u->nesterov, first = u->first;
      STEP(const vr n = first ? g : v_fma(mu, GET(m), keep * g); PUT(m, n);
           w = v_fnma(rate, nesterov ? v_fma(mu, n, g) : n, w);)
      break;
    }
    case CK_ADAM: {
      const vr b1 = v_set(u->b1), b2 = v_set(u->b2), c1 = v_set(u->c1), c2 = v_set(u->c2);
      const vr eps = v_set(u->eps), step = v_set(u->step), root = v_set(u->root);
      STEP(const vr n = v_fma(b1, GET(m), c1 * g); const vr q = v_fma(b2, GET(v), c2 * g * g);
           PUT(m, n); PUT(v, q); w = v_fnma(step, n / v_fma(v_sqrt(q), root, eps), w);)
      break;
    }
    case CK_RMSPROP: {
      const vr b2 = v_set(u->b2), c2 = v_set(u->c2), eps = v_set(u->eps);
      STEP(const vr q = v_fma(b2, GET(v), c2 * g * g); PUT(v, q);
           w = v_fnma(rate, g / (v_sqrt(q) + eps), w);)
      break;
    }
    case CK_ADAGRAD: {
      const vr eps = v_set(u->eps);
      STEP(const vr q = v_fma(g, g, GET(v)); PUT(v, q);
           w = v_fnma(rate, g / (v_sqrt(q) + eps), w);)
      break;
    }
    default: STEP(w = v_fnma(rate, g, w);)
  }
#undef STEP
}

static void F(update)(const ck_update *u, ptrdiff_t count, void *p, const void *g, void *m,
                      void *v) {
  const F(rule) rule = F(rule_of)(u);
  F(step_rows)(&rule, 1, count, p, 0, g, 0, m, v);
}
