// Convolution of an image whose channels lie side by side, in a border of zeros: what one kernel row
// meets is one piece of memory. Vectors run over filters, several pixels of a line at a time.
//
// An output's chain of fused multiply-adds goes over (kernel row, kernel column, channel), kernel
// rows outside of the image taking no part; the bias is added to it.

typedef struct {
  ptrdiff_t channels, height, width, top, left;  // of one group's image, and its border
  ptrdiff_t row, rows;                           // of the copy: elements of a row, rows
  ptrdiff_t step_y, step_x;                      // elements between the pixels of two outputs
  ptrdiff_t kernel_height, kernel_row, run;      // elements between kernel rows, of one
  ptrdiff_t filters, windows;
} F(layout);

static F(layout) F(layout_of)(const ck_convolution *s, const ck_pooling *p) {
  F(layout) g = {.channels = s->channels / s->groups, .height = s->height, .width = s->width,
    .top = s->pad_y, .left = s->pad_x, .kernel_height = s->kernel_height,
    .filters = s->filters / s->groups, .windows = p->out_height * p->out_width};
  const ptrdiff_t reach_y = (s->out_height - 1) * s->stride_y + (s->kernel_height - 1) * s->dilation_y + 1;
  const ptrdiff_t reach_x = (s->out_width - 1) * s->stride_x + s->kernel_width;
  const ptrdiff_t end_y = s->pad_y + s->height, end_x = s->pad_x + s->width;
  g.rows = reach_y > end_y ? reach_y : end_y;
  g.row = (reach_x > end_x ? reach_x : end_x) * g.channels;
  g.step_y = s->stride_y * g.row;
  g.step_x = s->stride_x * g.channels;
  g.kernel_row = s->dilation_y * g.row;
  g.run = s->kernel_width * g.channels;
  return g;
}

// Elements of a kernel row in whole vectors.
INLINE ptrdiff_t F(run_length)(const F(layout) *g) {
  return (g->run + TILE_LANES - 1) / TILE_LANES * TILE_LANES;
}
INLINE ptrdiff_t F(image_size)(const F(layout) *g) { return F(padded)(g->rows * g->row); }

#if defined(CK_AVX2)
enum { TURNED = 8 };
INLINE void F(turn_block)(const real *x, ptrdiff_t x_row, real *y, ptrdiff_t y_row) {
  __m256 a[8], b[8];
  UNROLL for (int i = 0; i < 4; i++) {
    const real *low = x + i * x_row, *high = low + 4 * x_row;
    a[i] = _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(low)), _mm_loadu_ps(high), 1);
    a[i + 4] = _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(low + 4)),
                                    _mm_loadu_ps(high + 4), 1);
  }
  UNROLL for (int i = 0; i < 8; i += 4) {
    b[i] = _mm256_unpacklo_ps(a[i], a[i + 2]);
    b[i + 1] = _mm256_unpackhi_ps(a[i], a[i + 2]);
    b[i + 2] = _mm256_unpacklo_ps(a[i + 1], a[i + 3]);
    b[i + 3] = _mm256_unpackhi_ps(a[i + 1], a[i + 3]);
    _mm256_storeu_ps(y + i * y_row, _mm256_unpacklo_ps(b[i], b[i + 2]));
    _mm256_storeu_ps(y + (i + 1) * y_row, _mm256_unpackhi_ps(b[i], b[i + 2]));
    _mm256_storeu_ps(y + (i + 2) * y_row, _mm256_unpacklo_ps(b[i + 1], b[i + 3]));
    _mm256_storeu_ps(y + (i + 3) * y_row, _mm256_unpackhi_ps(b[i + 1], b[i + 3]));
  }
}
#else
enum { TURNED = 4 };
INLINE void F(turn_block)(const real *x, ptrdiff_t x_row, real *y, ptrdiff_t y_row) {
  F(transpose4)(x, x_row, y, y_row);
}
#endif

// y[j][i] = x[i][j], in square blocks, the last of which begin earlier where they do not fit.
static void F(turn)(ptrdiff_t rows, ptrdiff_t columns, const real *x, ptrdiff_t x_row, real *y,
                    ptrdiff_t y_row) {
  if (rows < TURNED || columns < TURNED) {
    F(transpose_block)(rows, columns, x, x_row, y, y_row);
    return;
  }
  const ptrdiff_t last_i = rows - TURNED, last_j = columns - TURNED;
  for (ptrdiff_t i = 0;; i = i + TURNED < last_i ? i + TURNED : last_i) {
    const real *from = x + i * x_row;
    real *to = y + i;
    for (ptrdiff_t j = 0; j < last_j; j += TURNED)
      F(turn_block)(from + j, x_row, to + j * y_row, y_row);
    F(turn_block)(from + last_j, x_row, to + last_j * y_row, y_row);
    if (i == last_i) break;
  }
}

static void F(channels_last)(const F(layout) *g, const real *x, real *copy) {
  for (ptrdiff_t y = 0; y < g->height; y++, x += g->width) {
    real *row = copy + (y + g->top) * g->row + g->left * g->channels;
    if (g->channels == 1) memcpy(row, x, (size_t)g->width * sizeof(real));
    else F(turn)(g->channels, g->width, x, g->height * g->width, row, g->channels);
  }
}

static void F(channels_first)(const F(layout) *g, const real *copy, real *x) {
  for (ptrdiff_t y = 0; y < g->height; y++, x += g->width) {
    const real *row = copy + (y + g->top) * g->row + g->left * g->channels;
    if (g->channels == 1) memcpy(x, row, (size_t)g->width * sizeof(real));
    else F(turn)(g->width, g->channels, row, g->channels, x, g->height * g->width);
  }
}

typedef ireal vti __attribute__((vector_size(TILE_LANES * sizeof(real))));
INLINE vti t_set_i(ireal x) { return x - (vti){0}; }
// As `CK_RELU` has it: NaN and negative zero stay what they are.
INLINE vt t_relu(vt z) {
#if defined(CK_AVX2)
  return (vt)_mm256_max_ps(_mm256_setzero_ps(), (__m256)z);
#else
  return (vt)((vti)z & ~(vti)(z < (vt){0}));
#endif
}

INLINE vt t_select(vti mask, vt a, vt b) {
#if defined(CK_AVX2)
  return (vt)_mm256_blendv_ps((__m256)b, (__m256)a, (__m256)mask);
#else
  return (vt)(((vti)a & mask) | ((vti)b & ~mask));
#endif
}

// `mr` pixels of a line by `nv` vectors of filters.
INLINE void F(dot_tile)(const F(layout) *g, const real *x, ptrdiff_t kernel_rows, const real *w,
                        const real *bias, const int relu, const int mr, const int nv, real *y) {
  vt sum[12][CK_NV];
  UNROLL for (int i = 0; i < mr; i++) {
    UNROLL for (int v = 0; v < nv; v++) sum[i][v] = (vt){0};
  }
  // One pointer for three pixels: the compiler would add step after step in one long chain.
  const real *p[4];
  const ptrdiff_t step = g->step_x, next = g->kernel_row - g->run, run = g->run;
  UNROLL for (int i = 0; i < (mr + 2) / 3; i++) {
    p[i] = x + 3 * i * step;
    __asm__("" : "+r"(p[i]));
  }
  for (ptrdiff_t r = kernel_rows; r > 0; r--) {
    for (ptrdiff_t k = run; k > 0; k--, w += nv * TILE_LANES) {
      vt row[CK_NV];
      UNROLL for (int v = 0; v < nv; v++) row[v] = t_load(w + v * TILE_LANES);
      UNROLL for (int i = 0; i < mr; i++) {
        const vt pixel = t_set(p[i / 3][i % 3 * step]);
        UNROLL for (int v = 0; v < nv; v++) sum[i][v] = t_fma(pixel, row[v], sum[i][v]);
      }
      UNROLL for (int i = 0; i < (mr + 2) / 3; i++) p[i]++;
    }
    UNROLL for (int i = 0; i < (mr + 2) / 3; i++) p[i] += next;
  }
  UNROLL for (int v = 0; v < nv; v++) {
    const vt b = bias ? t_load(bias + v * TILE_LANES) : (vt){0};
    UNROLL for (int i = 0; i < mr; i++) {
      vt z = sum[i][v];
      if (bias) z = z + b;
      if (relu) z = t_relu(z);
      t_store(y + (i * nv + v) * TILE_LANES, z);
    }
  }
}

// The same for one channel and one vector, where a pixel meets every column of the kernel while it
// is at hand.
INLINE void F(slide_tile)(const F(layout) *g, const real *x, ptrdiff_t kernel_rows, const real *w,
                          const real *bias, const int relu, const int mr, const int columns,
                          real *y) {
  vt sum[12];
  UNROLL for (int i = 0; i < mr; i++) sum[i] = (vt){0};
  for (ptrdiff_t r = kernel_rows; r > 0; r--, x += g->kernel_row, w += columns * TILE_LANES) {
    vt weight[5];
    UNROLL for (int k = 0; k < columns; k++) weight[k] = t_load(w + k * TILE_LANES);
    UNROLL for (int j = 0; j < mr + columns - 1; j++) {
      const vt pixel = t_set(x[j]);
      UNROLL for (int k = 0; k < columns; k++) {
        const int i = j - k;
        if (i >= 0 && i < mr) sum[i] = t_fma(pixel, weight[k], sum[i]);
      }
    }
  }
  UNROLL for (int i = 0; i < mr; i++) {
    vt z = sum[i];
    if (bias) z = z + t_load(bias);
    if (relu) z = t_relu(z);
    t_store(y + i * TILE_LANES, z);
  }
}

#define DOTS(MR_, NV_) \
  case MR_: F(dot_tile)(g, x, kernel_rows, w, bias, relu, MR_, NV_, y); break;
#define DOT_FUNCTION(NAME_, CASES_)                                                           \
  static void F(NAME_)(ptrdiff_t mr, const F(layout) *g, const real *x, ptrdiff_t kernel_rows, \
                       const real *w, const real *bias, int relu, real *y) {                   \
    switch (mr) { CASES_ default: break; }                                                     \
  }
#define DOTS6(NV_) DOTS(1, NV_) DOTS(2, NV_) DOTS(3, NV_) DOTS(4, NV_) DOTS(5, NV_) DOTS(6, NV_)
DOT_FUNCTION(dots_wide, DOTS6(CK_NV))
DOT_FUNCTION(dots_narrow, DOTS6(1) DOTS(7, 1) DOTS(8, 1) DOTS(9, 1) DOTS(10, 1) DOTS(11, 1)
                              DOTS(12, 1))

#define SLIDES(MR_, COLUMNS_) \
  case MR_: F(slide_tile)(g, x, kernel_rows, w, bias, relu, MR_, COLUMNS_, y); break;
#define SLIDES10(COLUMNS_)                                                                \
  SLIDES(1, COLUMNS_) SLIDES(2, COLUMNS_) SLIDES(3, COLUMNS_) SLIDES(4, COLUMNS_)         \
  SLIDES(5, COLUMNS_) SLIDES(6, COLUMNS_) SLIDES(7, COLUMNS_) SLIDES(8, COLUMNS_)         \
  SLIDES(9, COLUMNS_) SLIDES(10, COLUMNS_)
DOT_FUNCTION(slides_three, SLIDES10(3) SLIDES(11, 3) SLIDES(12, 3))
DOT_FUNCTION(slides_five, SLIDES10(5))

// One line of outputs of a strip of filters, activation included.
static void F(convolve_line)(const ck_convolution *s, const F(layout) *g, const real *copy,
                             const real *w, const real *bias, const ck_function *f, ptrdiff_t oy,
                             int narrow, real *line) {
  const ptrdiff_t lanes = narrow ? TILE_LANES : NR, y0 = oy * s->stride_y - s->pad_y;
  ptrdiff_t first = 0, last = s->kernel_height;
  while (first < last && y0 + first * s->dilation_y < 0) first++;
  while (last > first && y0 + (last - 1) * s->dilation_y >= s->height) last--;
  const real *x = copy + oy * g->step_y + first * g->kernel_row;
  const int slides = narrow && g->step_x == 1 && (g->run == 3 || g->run == 5);
  void (*dots)(ptrdiff_t, const F(layout) *, const real *, ptrdiff_t, const real *, const real *,
               int, real *) = !narrow      ? F(dots_wide)
                              : !slides    ? F(dots_narrow)
                              : g->run == 3 ? F(slides_three)
                                           : F(slides_five);
  const ptrdiff_t tallest = !narrow ? (CK_MR < 6 ? CK_MR : 6) : slides && g->run == 5 ? 10 : 12;
  const ptrdiff_t tiles = (s->out_width + tallest - 1) / tallest;
  const ptrdiff_t count = s->out_width / tiles, more = s->out_width % tiles;
  w += first * g->run * lanes;
  for (ptrdiff_t t = 0; t < tiles; t++) {
    const ptrdiff_t mr = count + (t < more);
    dots(mr, g, x, last - first, w, bias, f->kind == CK_RELU, line);
    x += mr * g->step_x;
    line += mr * lanes;
  }
  line -= s->out_width * lanes;
  if (f->kind != CK_IDENTITY && f->kind != CK_RELU)
    F(map)(f, 1, s->out_width * lanes, line, 0, line, 0);
}
