// Reductions: sixteen virtual lanes, by column mod 16, and one tree, whatever the real vectors are.

enum { PARTS = 16 / CK_LANES };

// `STEP` is done for each of the sixteen lanes' vectors: `s` is the partial result, x the elements.
// The end of a row is filled up with `NEUTRAL`.
#define SIXTEENS(X, COLUMNS, NEUTRAL, ...)                              \
  do {                                                                  \
    const real *from = (X);                                             \
    ptrdiff_t at = 0;                                                   \
    for (; at + 16 <= (COLUMNS); at += 16) {                            \
      UNROLL for (int l = 0; l < PARTS; l++) {                          \
        const vr x = v_load(from + at + l * CK_LANES);                  \
        __VA_ARGS__                                                     \
      }                                                                 \
    }                                                                   \
    if (at < (COLUMNS)) {                                               \
      real rest[16];                                                    \
      for (int i = 0; i < 16; i++) rest[i] = at + i < (COLUMNS) ? from[at + i] : (NEUTRAL); \
      UNROLL for (int l = 0; l < PARTS; l++) {                          \
        const vr x = v_load(rest + l * CK_LANES);                       \
        __VA_ARGS__                                                     \
      }                                                                 \
    }                                                                   \
  } while (0)

INLINE real F(sum_tree)(const vr s[PARTS]) {
  real lanes[16];
  for (int l = 0; l < PARTS; l++) v_store(lanes + l * CK_LANES, s[l]);
  for (int half = 8; half > 0; half /= 2)
    for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
  return lanes[0];
}

INLINE real F(largest_tree)(const vr s[PARTS]) {
  real lanes[16];
  for (int l = 0; l < PARTS; l++) v_store(lanes + l * CK_LANES, s[l]);
  for (int half = 8; half > 0; half /= 2)
    for (int i = 0; i < half; i++) {
      const real x = lanes[i], y = lanes[i + half];
      lanes[i] = x > y || x != x ? x : y;
    }
  return lanes[0];
}

static real F(reduce_row)(int32_t reduction, ptrdiff_t rows, ptrdiff_t columns, const real *x_,
                          ptrdiff_t stride) {
  vr s[PARTS];
  const int extreme = reduction == CK_LARGEST || reduction == CK_SMALLEST;
  UNROLL for (int l = 0; l < PARTS; l++) s[l] = v_set(extreme ? -(real)INFINITY : 0);
  ROWS {
    const real *from_row = x_ + row * stride;
    switch (reduction) {
      case CK_SUM: SIXTEENS(from_row, columns, 0, s[l] += x;); break;
      case CK_SUM_OF_SQUARES: SIXTEENS(from_row, columns, 0, s[l] = v_fma(x, x, s[l]);); break;
      case CK_SUM_OF_MAGNITUDES: SIXTEENS(from_row, columns, 0, s[l] += v_abs(x);); break;
      case CK_LARGEST:
        SIXTEENS(from_row, columns, -(real)INFINITY, s[l] = V(maximum)(s[l], x););
        break;
      default: SIXTEENS(from_row, columns, (real)INFINITY, s[l] = V(maximum)(s[l], -x););
    }
  }
  if (!extreme) return F(sum_tree)(s);
  return reduction == CK_LARGEST ? F(largest_tree)(s) : -F(largest_tree)(s);
}

static double F(reduce)(int32_t reduction, ptrdiff_t rows, ptrdiff_t columns, const void *x,
                        ptrdiff_t stride) {
  return F(reduce_row)(reduction, rows, columns, x, stride);
}

static void F(reduce_rows)(int32_t reduction, ptrdiff_t rows, ptrdiff_t columns, const void *x,
                           ptrdiff_t x_stride, void *y, ptrdiff_t y_step) {
  ROWS((real *)y)[row * y_step] =
      F(reduce_row)(reduction, 1, columns, (const real *)x + row * x_stride, 0);
}

static double F(dot)(ptrdiff_t rows, ptrdiff_t columns, const void *x_, ptrdiff_t x_stride,
                     const void *y_, ptrdiff_t y_stride) {
  vr s[PARTS] = {0};
  ROWS {
    const real *xs = (const real *)x_ + row * x_stride, *ys = (const real *)y_ + row * y_stride;
    ptrdiff_t j = 0;
    for (; j + 16 <= columns; j += 16) {
      UNROLL for (int l = 0; l < PARTS; l++)
        s[l] = v_fma(v_load(xs + j + l * CK_LANES), v_load(ys + j + l * CK_LANES), s[l]);
    }
    if (j < columns) {
      real a[16] = {0}, b[16] = {0};
      for (int i = 0; j + i < columns; i++) {
        a[i] = xs[j + i];
        b[i] = ys[j + i];
      }
      UNROLL for (int l = 0; l < PARTS; l++)
        s[l] = v_fma(v_load(a + l * CK_LANES), v_load(b + l * CK_LANES), s[l]);
    }
  }
  return F(sum_tree)(s);
}

static double F(sum_of_squared_deviations)(ptrdiff_t rows, ptrdiff_t columns, double centre_,
                                           const void *x_, ptrdiff_t x_stride) {
  vr s[PARTS] = {0};
  const vr centre = v_set((real)centre_);
  ROWS SIXTEENS((const real *)x_ + row * x_stride, columns, (real)centre_,
                const vr d = x - centre; s[l] = v_fma(d, d, s[l]););
  return F(sum_tree)(s);
}

static void F(arg_max_rows)(ptrdiff_t rows, ptrdiff_t columns, const void *x_, ptrdiff_t x_stride,
                            int32_t *indices) {
  ROWS {
    const real *x = (const real *)x_ + row * x_stride;
    ptrdiff_t best = 0;
    for (ptrdiff_t j = 1; j < columns && x[best] == x[best]; j++)
      if (x[j] > x[best] || x[j] != x[j]) best = j;
    indices[row] = (int32_t)best;
  }
}

// Four chains for each column, over the rows of each residue mod 4.
#define COLUMN_SUMS(...)                                                         \
  vr s[4] = {{0}};                                                               \
  ptrdiff_t i = 0;                                                               \
  for (; i + 4 <= rows; i += 4) {                                                \
    UNROLL for (int r = 0; r < 4; r++) {                                         \
      const vr x = GET((const real *)x_ + (i + r) * x_stride);                   \
      __VA_ARGS__                                                                \
    }                                                                            \
  }                                                                              \
  for (int r = 0; i + r < rows; r++) {                                           \
    const vr x = GET((const real *)x_ + (i + r) * x_stride);                     \
    __VA_ARGS__                                                                  \
  }                                                                              \
  const vr sum = (s[0] + s[2]) + (s[1] + s[3]);

static void F(sum_columns)(ptrdiff_t rows, ptrdiff_t columns, const void *x_, ptrdiff_t x_stride,
                           void *y_, int32_t accumulates) {
  real *y = y_;
  if (columns == 1) {
    // The same chains, without vectors of which one lane is used.
    const real *x = x_;
    real s[4] = {0};
    ptrdiff_t i = 0;
    for (; i + 4 <= rows; i += 4)
      UNROLL for (int r = 0; r < 4; r++) s[r] += x[(i + r) * x_stride];
    for (int r = 0; i + r < rows; r++) s[r] += x[(i + r) * x_stride];
    const real sum = (s[0] + s[2]) + (s[1] + s[3]);
    y[0] = accumulates ? y[0] + sum : sum;
    return;
  }
  VECTORS(COLUMN_SUMS(s[r] += x;) PUT(y, accumulates ? GET(y) + sum : sum);)
}

static void F(sum_columns_of_squared_deviations)(ptrdiff_t rows, ptrdiff_t columns,
                                                 const void *x_, ptrdiff_t x_stride,
                                                 const void *centre_, void *y_) {
  real *y = y_;
  const real *centre = centre_;
  VECTORS(const vr c = GET(centre);
          COLUMN_SUMS(const vr d = x - c; s[r] = v_fma(d, d, s[r]);) PUT(y, sum);)
}
