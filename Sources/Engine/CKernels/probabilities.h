// Rows of probabilities, and the losses that are computed together with their gradients.

INLINE real F(scalar_log)(real x) { return V(log)(v_set(x))[0]; }

// The row's maximum, and the sum of exp(x - maximum), which is written to `e` unless that is null.
INLINE real F(exponentials)(ptrdiff_t columns, const real *xs, real *e, real *largest) {
  vr m[PARTS];
  UNROLL for (int l = 0; l < PARTS; l++) m[l] = v_set(-(real)INFINITY);
  SIXTEENS(xs, columns, -(real)INFINITY, m[l] = V(maximum)(m[l], x););
  *largest = F(largest_tree)(m);
  const vr shift = v_set(*largest);
  vr s[PARTS] = {0};
  ptrdiff_t j = 0;
  for (; j + 16 <= columns; j += 16) {
    UNROLL for (int l = 0; l < PARTS; l++) {
      const vr y = V(exp)(v_load(xs + j + l * CK_LANES) - shift);
      if (e) v_store(e + j + l * CK_LANES, y);
      s[l] += y;
    }
  }
  if (j < columns) {
    real rest[16];
    for (int i = 0; i < 16; i++) rest[i] = j + i < columns ? xs[j + i] - *largest : -(real)INFINITY;
    for (int l = 0; l < PARTS; l++) {
      if (j + l * CK_LANES >= columns) continue;
      const vr y = V(exp)(v_load(rest + l * CK_LANES));
      v_store(rest + l * CK_LANES, y);
      s[l] += y;
    }
    if (e) for (int i = 0; j + i < columns; i++) e[j + i] = rest[i];
  }
  return F(sum_tree)(s);
}

static void F(softmax)(ptrdiff_t rows, ptrdiff_t columns, const void *x_, ptrdiff_t x_stride,
                       void *y_, ptrdiff_t y_stride, int32_t logarithm) {
  ROWS {
    const real *x = (const real *)x_ + row * x_stride;
    real *y = (real *)y_ + row * y_stride, largest;
    const real sum = F(exponentials)(columns, x, logarithm ? 0 : y, &largest);
    if (logarithm) {
      const vr m = v_set(largest), l = v_set(F(scalar_log)(sum));
      VECTORS(PUT(y, (GET(x) - m) - l);)
    } else {
      const vr d = v_set(sum);
      VECTORS(PUT(y, GET(y) / d);)
    }
  }
}

static void F(softmax_gradient)(ptrdiff_t rows, ptrdiff_t columns, const void *dy_,
                                ptrdiff_t dy_stride, const void *y_, ptrdiff_t y_stride,
                                void *dx_, ptrdiff_t dx_stride, int32_t logarithm) {
  ROWS {
    const real *dy = (const real *)dy_ + row * dy_stride, *y = (const real *)y_ + row * y_stride;
    real *dx = (real *)dx_ + row * dx_stride;
    if (logarithm) {
      const vr s = v_set(F(reduce_row)(CK_SUM, 1, columns, dy, 0));
      VECTORS(PUT(dx, v_fnma(V(exp)(GET(y)), s, GET(dy)));)
    } else {
      const vr s = v_set((real)F(dot)(1, columns, dy, 0, y, 0));
      VECTORS(PUT(dx, GET(y) * (GET(dy) - s));)
    }
  }
}

static double F(cross_entropy)(ptrdiff_t rows, ptrdiff_t columns, const void *x_,
                               ptrdiff_t x_stride, const int32_t *labels, double scale, void *g_,
                               ptrdiff_t g_stride) {
  real losses[16] = {0};
  ROWS {
    const real *x = (const real *)x_ + row * x_stride;
    real *g = g_ ? (real *)g_ + row * g_stride : 0, largest;
    if (labels[row] < 0) {
      if (g) F(fill)(1, columns, 0, g, 0);
      continue;
    }
    const real at = x[labels[row]];
    const real sum = F(exponentials)(columns, x, g, &largest);
    losses[row & 15] += F(scalar_log)(sum) - (at - largest);
    if (g) {
      const vr q = v_set((real)scale / sum);
      VECTORS(PUT(g, GET(g) * q);)
      g[labels[row]] -= (real)scale;
    }
  }
  vr s[PARTS];
  for (int l = 0; l < PARTS; l++) s[l] = v_load(losses + l * CK_LANES);
  return F(sum_tree)(s);
}

// Both losses count elements row after row; the sixteen lanes are those of that count.
#define LOSS(LOSS_OF, GRADIENT_OF)                                                        \
  const ptrdiff_t total = rows * columns;                                                 \
  const int contiguous = (rows <= 1) || (x_stride == columns && t_stride == columns &&    \
                                         (!g_ || g_stride == columns));                   \
  vr s[PARTS] = {0};                                                                      \
  const vr factor = v_set((real)scale);                                                   \
  for (ptrdiff_t k = 0; k < total; k += 16) {                                             \
    const ptrdiff_t count = total - k < 16 ? total - k : 16;                              \
    real xs[16], ts[16], gs[16];                                                          \
    const real *xp = (const real *)x_ + k, *tp = (const real *)t_ + k;                    \
    real *gp = g_ ? (real *)g_ + k : 0;                                                   \
    const int direct = contiguous && count == 16;                                         \
    if (!direct) {                                                                        \
      for (ptrdiff_t i = 0; i < 16; i++) {                                                \
        const ptrdiff_t e = i < count ? k + i : k, r = e / columns, c = e % columns;      \
        xs[i] = ((const real *)x_)[r * x_stride + c];                                     \
        ts[i] = ((const real *)t_)[r * t_stride + c];                                     \
      }                                                                                   \
      xp = xs;                                                                            \
      tp = ts;                                                                            \
      gp = gs;                                                                            \
    }                                                                                     \
    for (int l = 0; l < PARTS; l++) {                                                     \
      const vr x = v_load(xp + l * CK_LANES), t = v_load(tp + l * CK_LANES);              \
      const vr loss = (LOSS_OF);                                                          \
      if (direct || count >= (l + 1) * CK_LANES) s[l] += loss;                            \
      else if (count > l * CK_LANES) {                                                    \
        real one[CK_LANES];                                                               \
        v_store(one, loss);                                                               \
        s[l] += v_load_part(one, count - l * CK_LANES);                                   \
      }                                                                                   \
      if (gp) v_store(gp + l * CK_LANES, (GRADIENT_OF));                                  \
    }                                                                                     \
    if (!direct && g_) {                                                                  \
      for (ptrdiff_t i = 0; i < count; i++) {                                             \
        const ptrdiff_t r = (k + i) / columns, c = (k + i) % columns;                     \
        ((real *)g_)[r * g_stride + c] = gs[i];                                           \
      }                                                                                   \
    }                                                                                     \
  }                                                                                       \
  return F(sum_tree)(s);

static double F(binary_cross_entropy)(ptrdiff_t rows, ptrdiff_t columns, const void *x_,
                                      ptrdiff_t x_stride, const void *t_, ptrdiff_t t_stride,
                                      double scale, void *g_, ptrdiff_t g_stride) {
  LOSS(v_fnma(x, t, V(softplus)(x)), factor *(V(sigmoid)(x) - t))
}

static double F(squared_error)(ptrdiff_t rows, ptrdiff_t columns, const void *x_,
                               ptrdiff_t x_stride, const void *t_, ptrdiff_t t_stride,
                               double scale, void *g_, ptrdiff_t g_stride) {
  LOSS((x - t) * (x - t), (factor + factor) * (x - t))
}

static void F(gather)(ptrdiff_t rows, ptrdiff_t columns, const int32_t *indices, const void *x,
                      ptrdiff_t x_stride, void *y, ptrdiff_t y_stride) {
  if (columns <= 4) {
    ROWS {
      const real *from = (const real *)x + indices[row] * x_stride;
      real *to = (real *)y + row * y_stride;
      for (ptrdiff_t j = 0; j < columns; j++) to[j] = from[j];
    }
    return;
  }
  ROWS {
    const real *from = (const real *)x + indices[row] * x_stride;
    real *to = (real *)y + row * y_stride;
    VECTORS(PUT(to, GET(from));)
  }
}
