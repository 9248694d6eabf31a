// Products of a few columns, as of a layer with one output.

#if defined(CK_AVX2) || defined(CK_AVX512)
// A few columns of whole chains, eight rows of a at a time, transposed in registers. Returns how
// many rows that were.
static ptrdiff_t F(product_narrow_by_eights)(const ck_product *p) {
  const ptrdiff_t k_step = p->transpose_b ? 1 : p->b_stride;
  const ptrdiff_t n_step = p->transpose_b ? p->b_stride : 1;
  const v8 alpha = (real)p->alpha - (v8){0};
  ptrdiff_t i = 0;
  for (; i + 8 <= p->m; i += 8) {
    const real *a = (const real *)p->a + i * p->a_stride, *b = p->b;
    v8 sum[3] = {{0}};
    ptrdiff_t k = 0;
    for (; k + 4 <= p->k; k += 4) {
      v8 column[4];
      F(columns_of_eight)(a + k, p->a_stride, column);
      for (ptrdiff_t j = 0; j < p->n; j++) {
        const real *at = b + k * k_step + j * n_step;
        UNROLL for (int c = 0; c < 4; c++)
          sum[j] = (v8)_mm256_fmadd_ps((__m256)column[c], _mm256_broadcast_ss(at + c * k_step),
                                       (__m256)sum[j]);
      }
    }
    for (; k < p->k; k++) {
      v8 column;
      UNROLL for (int r = 0; r < 8; r++) column[r] = a[k + r * p->a_stride];
      for (ptrdiff_t j = 0; j < p->n; j++)
        sum[j] = (v8)_mm256_fmadd_ps(
            (__m256)column, _mm256_broadcast_ss(b + k * k_step + j * n_step), (__m256)sum[j]);
    }
    for (ptrdiff_t j = 0; j < p->n; j++) {
      const v8 start = (p->bias ? ((const real *)p->bias)[j] : 0) - (v8){0};
      const v8 y = (v8)_mm256_fmadd_ps((__m256)alpha, (__m256)sum[j], (__m256)start);
      real *c = (real *)p->c + i * p->c_stride + j;
      if (p->c_stride == 1) _mm256_storeu_ps(c, (__m256)y);
      else UNROLL for (int r = 0; r < 8; r++) c[r * p->c_stride] = y[r];
    }
  }
  return i;
}
#endif

// A few columns: the vectors run down the rows of the output instead. The chains are the same,
// because a product of two factors does not depend on their order.
static void F(product_narrow)(const ck_product *whole) {
  ck_product rest = *whole;
  const ck_product *p = &rest;
#if defined(CK_AVX2) || defined(CK_AVX512)
  if (!p->transpose_a && p->beta == 0 && p->k <= KC) {
    const ptrdiff_t done = F(product_narrow_by_eights)(p);
    if (done == p->m) return;
    rest.m -= done;
    rest.a = (const real *)rest.a + done * rest.a_stride;
    rest.c = (real *)rest.c + done * rest.c_stride;
  }
#endif
  const real *a = p->a, *b = p->b, *bias = p->bias;
  real strip[KC * NR] __attribute__((aligned(64)));
  real out[4][NR] __attribute__((aligned(64)));
  for (ptrdiff_t i0 = 0; i0 < p->m; i0 += NR) {
    const ptrdiff_t rows = p->m - i0 < NR ? p->m - i0 : NR;
    real *c = (real *)p->c + i0 * p->c_stride;
    const int in_place = p->n == 1 && p->c_stride == 1;  // a vector of the output, as it lies
    if (in_place) {
      for (ptrdiff_t i = 0; i < NR; i++) out[0][i] = bias ? bias[0] : 0;
    } else {
      for (ptrdiff_t j = 0; j < p->n; j++) {
        const real start = bias ? bias[j] : 0;
        for (ptrdiff_t i = 0; i < rows; i++) out[j][i] = start;
        if (p->beta != 0) {
          for (ptrdiff_t i = 0; i < rows; i++)
            out[j][i] = SCALAR_FMA((real)p->beta, c[i * p->c_stride + j], start);
        }
      }
    }
    const F(strip_function) function = F(strip_for)(rows, 0);
    for (ptrdiff_t k0 = 0; k0 < p->k; k0 += KC) {
      F(strip) s = {.k = p->k - k0 < KC ? p->k - k0 : KC, .alpha = (real)p->alpha,
        .beta = 1, .c = out[0], .c_row = NR, .last = (rows - 1) % TILE_LANES + 1};
      if (in_place) {
        s.c = c;
        s.beta = k0 == 0 ? (real)p->beta : 1;
        s.bias = bias && k0 == 0 ? out[0] : 0;
      }
      s.a = p->transpose_b ? b + k0 : b + k0 * p->b_stride;
      s.a_row = p->transpose_b ? p->b_stride : 1;
      s.a_k = p->transpose_b ? 1 : p->b_stride;
      if (p->transpose_a) {
        s.b = a + k0 * p->a_stride + i0;
        s.b_k = p->a_stride;
      } else {
        F(transpose_block)(rows, s.k, a + i0 * p->a_stride + k0, p->a_stride, strip, NR);
        s.b = strip;
        s.b_k = NR;
      }
      function(&s, p->n);
    }
    if (in_place) continue;
    for (ptrdiff_t j = 0; j < p->n; j++)
      for (ptrdiff_t i = 0; i < rows; i++) c[i * p->c_stride + j] = out[j][i];
  }
}
