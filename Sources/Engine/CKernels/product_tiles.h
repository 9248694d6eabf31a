// Tiles of products: some rows of a strip of NR columns, for up to 256 consecutive k. `product.h`
// says which strips and rows.

enum { KC = 256, NR = CK_NV * TILE_LANES, MC = 192, NC = 2048 };

typedef struct {
  ptrdiff_t k;
  const real *a;
  ptrdiff_t a_row, a_k;  // distance between rows of op(a), and between its columns
  const real *b;
  ptrdiff_t b_k;         // distance between rows of op(b)
  real *keep;            // where to write the strip's rows of op(b)
  real *c;
  ptrdiff_t c_row, last; // columns in the strip's last vector
  const real *bias;
  real alpha, beta;      // after the first block of k, beta is 1 and there is no bias
  real *m;               // an optimizer's state; c then takes a step along the product
  const F(rule) *rule;
} F(strip);

enum { NO_STEP = 0, DESCENT = 1, MOMENTUM = 2 };

// What `step_rows` does where the rule is as plain as these two, with the gradient in registers.
INLINE void F(step_tile)(const F(strip) *s, const int mr, const int nv, const int step,
                         const vt alpha, vt sum[12][CK_NV]) {
  const vt rate = t_set(-s->rule->rate), decay = t_set(s->rule->decay);
  const vt mu = t_set(s->rule->mu), keep = t_set(s->rule->keep);
  real *c = s->c, *m = s->m;
  UNROLL for (int i = 0; i < mr; i++, c += s->c_row) {
    UNROLL for (int v = 0; v < nv; v++) {
      const vt w = t_load(c + v * TILE_LANES);
      vt g = t_fma(decay, w, t_fma(alpha, sum[i][v], (vt){0}));
      if (step == MOMENTUM) {
        g = t_fma(mu, t_load(m + v * TILE_LANES), keep * g);
        t_store(m + v * TILE_LANES, g);
      }
      t_store(c + v * TILE_LANES, t_fma(rate, g, w));
    }
    if (step == MOMENTUM) m += s->c_row;
  }
}

// One k of a tile. Pointers go on in one register each: the compiler would keep one for each k.
INLINE void F(add_one_k)(vt sum[12][CK_NV], const real *a[4], ptrdiff_t a_row, ptrdiff_t a_k,
                         const real **b, ptrdiff_t b_k, ptrdiff_t last, real **kept, const int mr,
                         const int nv, const int part, const int keep) {
  vt row[CK_NV];
  UNROLL for (int v = 0; v < nv; v++) {
    const real *at = *b + v * TILE_LANES;
    row[v] = part && v == nv - 1 ? t_load_part(at, last) : t_load(at);
    if (keep) t_store(*kept + v * TILE_LANES, row[v]);
  }
  UNROLL for (int i = 0; i < mr; i++) {
    vt x;
    T_BROADCAST(x, a[i / 3] + i % 3 * a_row);
    UNROLL for (int v = 0; v < nv; v++) T_ACCUMULATE(sum[i][v], x, row[v]);
  }
  UNROLL for (int g = 0; g < (mr + 2) / 3; g++) {
    a[g] += a_k;
    __asm__("" : "+r"(a[g]));
  }
  *b += b_k;
  __asm__("" : "+r"(*b));
  if (keep) *kept += NR;
}

// One tile: `mr` rows of `nv` vectors. The counts are constants where this is inlined.
INLINE void F(tile)(const F(strip) *s, const int mr, const int nv, const int part,
                    const int keep, const int step) {
  vt sum[12][CK_NV];
  UNROLL for (int i = 0; i < mr; i++) {
    UNROLL for (int v = 0; v < nv; v++) sum[i][v] = (vt){0};
  }
  // One pointer for three rows: the compiler would add row after row in one long chain.
  const real *a[4], *b = s->b;
  UNROLL for (int g = 0; g < (mr + 2) / 3; g++) {
    a[g] = s->a + 3 * g * s->a_row;
    __asm__("" : "+r"(a[g]));
  }
  const ptrdiff_t a_row = s->a_row, a_k = s->a_k, b_k = s->b_k, last = s->last;
  real *kept = s->keep;
  if (s->k >= 32) {
    UNROLL for (int i = 0; i < mr; i++) {
      __builtin_prefetch(s->c + i * s->c_row, 1);
      if (step == MOMENTUM) __builtin_prefetch(s->m + i * s->c_row, 1);
    }
  }
  ptrdiff_t k = s->k;
  for (; k >= 4; k -= 4) {
    UNROLL for (int x = 0; x < 4; x++)
      F(add_one_k)(sum, a, a_row, a_k, &b, b_k, last, &kept, mr, nv, part, keep);
  }
  for (; k > 0; k--) F(add_one_k)(sum, a, a_row, a_k, &b, b_k, last, &kept, mr, nv, part, keep);
  const vt alpha = t_set(s->alpha);
  if (step) {
    F(step_tile)(s, mr, nv, step, alpha, sum);
    return;
  }
  vt bias[CK_NV];
  UNROLL for (int v = 0; v < nv; v++) {
    bias[v] = !s->bias                 ? (vt){0}
              : part && v == nv - 1 ? t_load_part(s->bias + v * TILE_LANES, last)
                                    : t_load(s->bias + v * TILE_LANES);
  }
  real *c = s->c;
  if (s->beta == 0) {
    UNROLL for (int i = 0; i < mr; i++, c += s->c_row) {
      UNROLL for (int v = 0; v < nv; v++) {
        const vt y = t_fma(alpha, sum[i][v], bias[v]);
        if (part && v == nv - 1) t_store_part(c + v * TILE_LANES, y, last);
        else t_store(c + v * TILE_LANES, y);
      }
    }
  } else {
    const vt beta = t_set(s->beta);
    UNROLL for (int i = 0; i < mr; i++, c += s->c_row) {
      UNROLL for (int v = 0; v < nv; v++) {
        const int partial = part && v == nv - 1;
        const vt old = partial ? t_load_part(c + v * TILE_LANES, last) : t_load(c + v * TILE_LANES);
        const vt y = t_fma(alpha, sum[i][v], t_fma(beta, old, bias[v]));
        if (partial) t_store_part(c + v * TILE_LANES, y, last);
        else t_store(c + v * TILE_LANES, y);
      }
    }
  }
}

// The rows of one strip, in tiles of nearly equal height.
#define STRIP(NAME_, NV_, PART_, KEEP_, STEP_)             \
  static void F(NAME_)(const F(strip) *s, ptrdiff_t mr) {  \
    switch (mr) {                                          \
      TILES(NV_, PART_, KEEP_, STEP_)                      \
      default: break;                                      \
    }                                                      \
  }
#define TILE(MR_, NV_, PART_, KEEP_, STEP_) \
  case MR_: F(tile)(s, MR_, NV_, PART_, KEEP_, STEP_); break;
#define TILES(...)                                                      \
  TILE(1, __VA_ARGS__) TILE(2, __VA_ARGS__) TILE(3, __VA_ARGS__)        \
  TILE(4, __VA_ARGS__) TILES_TO_MR(__VA_ARGS__)
#define TILES_TO_12(...)                                                \
  TILE(5, __VA_ARGS__) TILE(6, __VA_ARGS__) TILE(7, __VA_ARGS__)        \
  TILE(8, __VA_ARGS__) TILE(9, __VA_ARGS__) TILE(10, __VA_ARGS__)       \
  TILE(11, __VA_ARGS__) TILE(12, __VA_ARGS__)
#if CK_MR == 4
#define TILES_TO_MR(...)
#elif CK_MR == 6
#define TILES_TO_MR(...) TILE(5, __VA_ARGS__) TILE(6, __VA_ARGS__)
#elif CK_MR == 12
#define TILES_TO_MR(...) TILES_TO_12(__VA_ARGS__)
#endif

STRIP(strip_full, CK_NV, 0, 0, NO_STEP)
STRIP(strip_full_keep, CK_NV, 0, 1, NO_STEP)
STRIP(strip_descent, CK_NV, 0, 0, DESCENT)
STRIP(strip_momentum, CK_NV, 0, 0, MOMENTUM)
STRIP(strip_descent_keep, CK_NV, 0, 1, DESCENT)
STRIP(strip_momentum_keep, CK_NV, 0, 1, MOMENTUM)
STRIP(strip_part, CK_NV, 1, 0, NO_STEP)
STRIP(strip_part_keep, CK_NV, 1, 1, NO_STEP)
#if CK_NV == 2
#undef TILES_TO_MR
#define TILES_TO_MR(...) TILES_TO_12(__VA_ARGS__)
STRIP(strip_one, 1, 0, 0, NO_STEP)
STRIP(strip_one_part, 1, 1, 0, NO_STEP)
#elif CK_NV == 4
STRIP(strip_one, 1, 0, 0, NO_STEP)
STRIP(strip_one_part, 1, 1, 0, NO_STEP)
STRIP(strip_two, 2, 0, 0, NO_STEP)
STRIP(strip_two_part, 2, 1, 0, NO_STEP)
STRIP(strip_three, 3, 0, 0, NO_STEP)
STRIP(strip_three_part, 3, 1, 0, NO_STEP)
#endif

typedef void (*F(strip_function))(const F(strip) *, ptrdiff_t);

// For a strip of whole vectors that takes a plain step.
INLINE F(strip_function) F(stepping_strip)(int step, int keep) {
  if (step == DESCENT) return keep ? F(strip_descent_keep) : F(strip_descent);
  return keep ? F(strip_momentum_keep) : F(strip_momentum);
}

// Which plain step this is, if it is one.
INLINE int F(plain_step)(const F(rule) *r) {
  if (r->decoupled || r->nesterov || r->first) return NO_STEP;
  return r->kind == CK_SGD ? DESCENT : r->kind == CK_MOMENTUM ? MOMENTUM : NO_STEP;
}

INLINE F(strip_function) F(strip_for)(ptrdiff_t columns, int keep) {
  const int part = columns % TILE_LANES != 0;
  const ptrdiff_t nv = (columns + TILE_LANES - 1) / TILE_LANES;
  if (nv == CK_NV) {
    return keep ? (part ? F(strip_part_keep) : F(strip_full_keep))
                : (part ? F(strip_part) : F(strip_full));
  }
#if CK_NV == 4
  if (nv == 2) return part ? F(strip_two_part) : F(strip_two);
  if (nv == 3) return part ? F(strip_three_part) : F(strip_three);
#endif
  return part ? F(strip_one_part) : F(strip_one);
}

// Four by four elements transposed.
INLINE void F(transpose4)(const real *x, ptrdiff_t x_row, real *y, ptrdiff_t y_row) {
  typedef real v4 __attribute__((vector_size(4 * sizeof(real))));
  typedef real v4u __attribute__((vector_size(4 * sizeof(real)), aligned(sizeof(real)), may_alias));
  const v4 a = *(const v4u *)x, b = *(const v4u *)(x + x_row), c = *(const v4u *)(x + 2 * x_row),
           d = *(const v4u *)(x + 3 * x_row);
  const v4 ac0 = __builtin_shufflevector(a, c, 0, 4, 1, 5);
  const v4 ac1 = __builtin_shufflevector(a, c, 2, 6, 3, 7);
  const v4 bd0 = __builtin_shufflevector(b, d, 0, 4, 1, 5);
  const v4 bd1 = __builtin_shufflevector(b, d, 2, 6, 3, 7);
  *(v4u *)y = __builtin_shufflevector(ac0, bd0, 0, 4, 1, 5);
  *(v4u *)(y + y_row) = __builtin_shufflevector(ac0, bd0, 2, 6, 3, 7);
  *(v4u *)(y + 2 * y_row) = __builtin_shufflevector(ac1, bd1, 0, 4, 1, 5);
  *(v4u *)(y + 3 * y_row) = __builtin_shufflevector(ac1, bd1, 2, 6, 3, 7);
}

#if defined(CK_AVX2) || defined(CK_AVX512)
// Four columns of eight rows, as four vectors.
typedef real v8 __attribute__((vector_size(32)));
INLINE void F(columns_of_eight)(const real *x, ptrdiff_t x_row, v8 column[4]) {
  v8 q[4];
  UNROLL for (int i = 0; i < 4; i++)
    q[i] = (v8)_mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(x + i * x_row)),
                                    _mm_loadu_ps(x + (i + 4) * x_row), 1);
  const v8 low01 = __builtin_shufflevector(q[0], q[1], 0, 8, 1, 9, 4, 12, 5, 13);
  const v8 high01 = __builtin_shufflevector(q[0], q[1], 2, 10, 3, 11, 6, 14, 7, 15);
  const v8 low23 = __builtin_shufflevector(q[2], q[3], 0, 8, 1, 9, 4, 12, 5, 13);
  const v8 high23 = __builtin_shufflevector(q[2], q[3], 2, 10, 3, 11, 6, 14, 7, 15);
  column[0] = __builtin_shufflevector(low01, low23, 0, 1, 8, 9, 4, 5, 12, 13);
  column[1] = __builtin_shufflevector(low01, low23, 2, 3, 10, 11, 6, 7, 14, 15);
  column[2] = __builtin_shufflevector(high01, high23, 0, 1, 8, 9, 4, 5, 12, 13);
  column[3] = __builtin_shufflevector(high01, high23, 2, 3, 10, 11, 6, 7, 14, 15);
}
#endif

// y[j][i] = x[i][j]
static void F(transpose_block)(ptrdiff_t rows, ptrdiff_t columns, const real *x, ptrdiff_t x_row,
                               real *y, ptrdiff_t y_row) {
  ptrdiff_t i = 0;
#if defined(CK_AVX2) || defined(CK_AVX512)
  for (; i + 8 <= rows; i += 8) {
    ptrdiff_t j = 0;
    for (; j + 4 <= columns; j += 4) {
      v8 column[4];
      F(columns_of_eight)(x + i * x_row + j, x_row, column);
      UNROLL for (int c = 0; c < 4; c++)
        _mm256_storeu_ps(y + (j + c) * y_row + i, (__m256)column[c]);
    }
    for (; j < columns; j++)
      for (ptrdiff_t r = i; r < i + 8; r++) y[j * y_row + r] = x[r * x_row + j];
  }
#endif
  for (; i + 4 <= rows; i += 4) {
    ptrdiff_t j = 0;
    for (; j + 4 <= columns; j += 4)
      F(transpose4)(x + i * x_row + j, x_row, y + j * y_row + i, y_row);
    for (; j < columns; j++)
      for (ptrdiff_t r = i; r < i + 4; r++) y[j * y_row + r] = x[r * x_row + j];
  }
  for (; i < rows; i++)
    for (ptrdiff_t j = 0; j < columns; j++) y[j * y_row + i] = x[i * x_row + j];
}

// One or two k: op(b) stays in registers and the rows pass, because setting up a tile takes longer
// than its sums.
INLINE void F(few_k)(const F(strip) *s, ptrdiff_t rows, const int nv, const int part, const int k) {
  vt b[2][CK_NV], bias[CK_NV];
  const ptrdiff_t last = s->last;
  UNROLL for (int v = 0; v < nv; v++) {
    const int partial = part && v == nv - 1;
    const ptrdiff_t at = v * TILE_LANES;
    UNROLL for (int x = 0; x < k; x++)
      b[x][v] = partial ? t_load_part(s->b + x * s->b_k + at, last) : t_load(s->b + x * s->b_k + at);
    bias[v] = !s->bias ? (vt){0} : partial ? t_load_part(s->bias + at, last) : t_load(s->bias + at);
  }
  const real *a = s->a;
  real *c = s->c;
  const vt alpha = t_set(s->alpha), beta = t_set(s->beta);
  const int accumulates = s->beta != 0;
  for (; rows > 0; rows--, a += s->a_row, c += s->c_row) {
    UNROLL for (int v = 0; v < nv; v++) {
      const int partial = part && v == nv - 1;
      real *to = c + v * TILE_LANES;
      vt sum = {0}, start = bias[v];
      UNROLL for (int x = 0; x < k; x++) sum = t_fma(t_set(a[x * s->a_k]), b[x][v], sum);
      if (accumulates)
        start = t_fma(beta, partial ? t_load_part(to, last) : t_load(to), start);
      const vt y = t_fma(alpha, sum, start);
      if (partial) t_store_part(to, y, last);
      else t_store(to, y);
    }
  }
}

static void F(rows_of_few_k)(const F(strip) *s, ptrdiff_t rows, ptrdiff_t columns) {
  const int part = columns % TILE_LANES != 0, one = s->k == 1;
#define FEW(NV_)                                                   \
  if (part) {                                                      \
    if (one) F(few_k)(s, rows, NV_, 1, 1);                         \
    else F(few_k)(s, rows, NV_, 1, 2);                             \
  } else {                                                         \
    if (one) F(few_k)(s, rows, NV_, 0, 1);                         \
    else F(few_k)(s, rows, NV_, 0, 2);                             \
  }                                                                \
  break;
  switch ((columns + TILE_LANES - 1) / TILE_LANES) {
    case 1: FEW(1)
    case 2: FEW(2)
#if CK_NV == 4
    case 3: FEW(3)
    case 4: FEW(4)
#endif
    default: break;
  }
#undef FEW
}
