// Convolution without a matrix of patches.
//
// The vectors run over filters: one weight of each filter is multiplied by one pixel, read where
// it lies in a copy of the image whose rows are padded with zeros. The gradient of the input is the
// same operation on the output's gradient, spread out by the stride, with the weights turned
// round. Every element is one chain of fused multiply-adds over (kernel row, kernel
// column, channel), in which kernel rows outside of the image take no part.

typedef struct {
  ptrdiff_t planes, height, width;          // of the input, as it lies in memory
  ptrdiff_t spread_y, spread_x;             // distance of its pixels in the padded copy
  ptrdiff_t kernel_height, kernel_width, dilation_y, dilation_x;
  ptrdiff_t step_y, step_x, pad_y, pad_x;   // pads may be negative: then pixels are cut off
  ptrdiff_t outputs, out_height, out_width;
  ptrdiff_t left, row, rows;                // of the padded copy: zeros, row length, rows
} F(geometry);

static F(geometry) F(forward_geometry)(const ck_convolution *s) {
  F(geometry) g = {.planes = s->channels / s->groups, .height = s->height, .width = s->width,
    .spread_y = 1, .spread_x = 1, .kernel_height = s->kernel_height,
    .kernel_width = s->kernel_width, .dilation_y = s->dilation_y, .dilation_x = s->dilation_x,
    .step_y = s->stride_y, .step_x = s->stride_x, .pad_y = s->pad_y, .pad_x = s->pad_x,
    .outputs = s->filters / s->groups, .out_height = s->out_height, .out_width = s->out_width};
  return g;
}

static F(geometry) F(backward_geometry)(const ck_convolution *s) {
  F(geometry) g = {.planes = s->filters / s->groups, .height = s->out_height,
    .width = s->out_width, .spread_y = s->stride_y, .spread_x = s->stride_x,
    .kernel_height = s->kernel_height, .kernel_width = s->kernel_width,
    .dilation_y = s->dilation_y, .dilation_x = s->dilation_x, .step_y = 1, .step_x = 1,
    .pad_y = (s->kernel_height - 1) * s->dilation_y - s->pad_y,
    .pad_x = (s->kernel_width - 1) * s->dilation_x - s->pad_x,
    .outputs = s->channels / s->groups, .out_height = s->height, .out_width = s->width};
  return g;
}

static void F(complete)(F(geometry) *g) {
  const ptrdiff_t width = (g->width - 1) * g->spread_x + 1;
  const ptrdiff_t reach =
      (g->out_width - 1) * g->step_x - g->pad_x + (g->kernel_width - 1) * g->dilation_x + 1;
  g->left = g->pad_x > 0 ? g->pad_x : 0;
  g->row = g->left + (reach > width ? reach : width);
  g->rows = (g->height - 1) * g->spread_y + 1;
}

INLINE ptrdiff_t F(taps)(const F(geometry) *g) {
  return g->planes * g->kernel_height * g->kernel_width;
}
// Room for `count` elements, and for a vector that begins at the last.
INLINE ptrdiff_t F(padded)(ptrdiff_t count) { return (count + 2 * TILE_LANES + 15) / 16 * 16; }

static void F(copy_padded)(const F(geometry) *g, const real *x, real *to) {
  const ptrdiff_t size = g->rows * g->row;
  for (ptrdiff_t p = 0; p < g->planes; p++) {
    for (ptrdiff_t y = 0; y < g->height; y++) {
      real *row = to + p * size + y * g->spread_y * g->row + g->left;
      const real *from = x + (p * g->height + y) * g->width;
      if (g->spread_x == 1) memcpy(row, from, (size_t)g->width * sizeof(real));
      else for (ptrdiff_t i = 0; i < g->width; i++) row[i * g->spread_x] = from[i];
    }
  }
}

INLINE void F(pixels)(const real *x, const int32_t *offsets, ptrdiff_t taps, const real *w,
                      const int mr, const int nv, const ptrdiff_t step, real *y) {
  vt sum[12][CK_NV];
  UNROLL for (int i = 0; i < mr; i++) {
    UNROLL for (int v = 0; v < nv; v++) sum[i][v] = (vt){0};
  }
  for (ptrdiff_t k = 0; k < taps; k++, w += NR) {
    const real *pixel = x + offsets[k];
    vt row[CK_NV];
    UNROLL for (int v = 0; v < nv; v++) row[v] = t_load(w + v * TILE_LANES);
    UNROLL for (int i = 0; i < mr; i++) {
      const vt p = t_set(pixel[i * step]);
      UNROLL for (int v = 0; v < nv; v++) sum[i][v] = t_fma(p, row[v], sum[i][v]);
    }
  }
  UNROLL for (int i = 0; i < mr; i++) {
    UNROLL for (int v = 0; v < nv; v++) t_store(y + i * NR + v * TILE_LANES, sum[i][v]);
  }
}

#define PIXELS(MR_, NV_, STEP_) \
  case MR_: F(pixels)(x, offsets, taps, w, MR_, NV_, STEP_, y); break;
#define PIXELS4(NV_, STEP_) \
  PIXELS(1, NV_, STEP_) PIXELS(2, NV_, STEP_) PIXELS(3, NV_, STEP_) PIXELS(4, NV_, STEP_)
#define PIXELS6(NV_, STEP_) PIXELS4(NV_, STEP_) PIXELS(5, NV_, STEP_) PIXELS(6, NV_, STEP_)
#define PIXELS12(NV_, STEP_)                                                        \
  PIXELS6(NV_, STEP_) PIXELS(7, NV_, STEP_) PIXELS(8, NV_, STEP_)                   \
  PIXELS(9, NV_, STEP_) PIXELS(10, NV_, STEP_) PIXELS(11, NV_, STEP_) PIXELS(12, NV_, STEP_)
#define PIXEL_FUNCTION(NAME_, CASES_)                                                      \
  static void F(NAME_)(ptrdiff_t mr, const real *x, const int32_t *offsets, ptrdiff_t taps, \
                       const real *w, ptrdiff_t step, real *y) {                           \
    (void)step;                                                                            \
    switch (mr) { CASES_ default: break; }                                                 \
  }
PIXEL_FUNCTION(pixels_narrow, PIXELS12(1, 1))
PIXEL_FUNCTION(pixels_narrow_step, PIXELS12(1, step))
PIXEL_FUNCTION(pixels_wide, PIXELS6(CK_NV, 1))
PIXEL_FUNCTION(pixels_wide_step, PIXELS6(CK_NV, step))

// `mr` filters of `nv` vectors along one line of the output, for few taps, where the turning of
// pixels and filters would take as long as the products, and for few filters, which would leave
// one vector a pixel. The chains are the same.
INLINE void F(line_tile)(const real *x, const int32_t *offsets, ptrdiff_t taps, const real *w,
                         const real *bias, const int mr, const int nv, ptrdiff_t last, real *y,
                         ptrdiff_t plane) {
  vt sum[4][2];
  UNROLL for (int i = 0; i < mr; i++) {
    UNROLL for (int v = 0; v < nv; v++) sum[i][v] = (vt){0};
  }
  for (ptrdiff_t k = 0; k < taps; k++, w += NR) {
    const real *pixel = x + offsets[k];
    vt row[2];
    UNROLL for (int v = 0; v < nv; v++) row[v] = t_load(pixel + v * TILE_LANES);
    UNROLL for (int i = 0; i < mr; i++) {
      const vt f = t_set(w[i]);
      UNROLL for (int v = 0; v < nv; v++) sum[i][v] = t_fma(row[v], f, sum[i][v]);
    }
  }
  UNROLL for (int i = 0; i < mr; i++, y += plane) {
    const vt b = t_set(bias ? bias[i] : 0);
    UNROLL for (int v = 0; v < nv; v++) {
      const vt z = bias ? sum[i][v] + b : sum[i][v];
      if (v == nv - 1 && last < TILE_LANES) t_store_part(y + v * TILE_LANES, z, last);
      else t_store(y + v * TILE_LANES, z);
    }
  }
}

#define LINES(MR_, NV_) \
  case MR_: F(line_tile)(x, offsets, taps, w, bias, MR_, NV_, last, y, plane); break;
static void F(lines)(ptrdiff_t mr, ptrdiff_t nv, const real *x, const int32_t *offsets,
                     ptrdiff_t taps, const real *w, const real *bias, ptrdiff_t last, real *y,
                     ptrdiff_t plane) {
  if (nv == 1) switch (mr) { LINES(1, 1) LINES(2, 1) LINES(3, 1) default: LINES(4, 1) }
  else switch (mr) { LINES(1, 2) LINES(2, 2) LINES(3, 2) default: LINES(4, 2) }
}

static void F(correlate_lines)(const F(geometry) *g, const real *padded, const int32_t *offsets,
                               const real *weights, const real *bias, real *y) {
  const ptrdiff_t taps = F(taps)(g), row_taps = g->planes * g->kernel_width;
  const ptrdiff_t plane = g->out_height * g->out_width, width = 2 * TILE_LANES;
  for (ptrdiff_t oy = 0; oy < g->out_height; oy++) {
    const ptrdiff_t y0 = oy * g->step_y - g->pad_y;
    ptrdiff_t first = 0, last = g->kernel_height;
    while (first < last && y0 + first * g->dilation_y < 0) first++;
    while (last > first && y0 + (last - 1) * g->dilation_y >= g->rows) last--;
    for (ptrdiff_t ox = 0; ox < g->out_width; ox += width) {
      const ptrdiff_t columns = g->out_width - ox < width ? g->out_width - ox : width;
      const real *x = padded + y0 * g->row + ox - g->pad_x + g->left;
      for (ptrdiff_t o = 0; o < g->outputs; o += 4) {
        const ptrdiff_t count = g->outputs - o < 4 ? g->outputs - o : 4;
        const real *w = weights + o / NR * taps * NR + o % NR + first * row_taps * NR;
        F(lines)(count, columns > TILE_LANES ? 2 : 1, x, offsets + first * row_taps,
                 (last - first) * row_taps, w, bias ? bias + o : 0,
                 (columns - 1) % TILE_LANES + 1, y + o * plane + oy * g->out_width + ox, plane);
      }
    }
  }
}

// One image, one group. `weights` holds strips of NR outputs, tap by tap.
static void F(correlate)(const F(geometry) *g, const real *padded, const int32_t *offsets,
                         const real *weights, const real *bias, real *y, real *line) {
  const ptrdiff_t taps = F(taps)(g), row_taps = g->planes * g->kernel_width;
  if (g->step_x == 1 && (taps <= 32 || g->outputs <= TILE_LANES) && g->out_width >= TILE_LANES &&
      NR % 4 == 0) {
    F(correlate_lines)(g, padded, offsets, weights, bias, y);
    return;
  }
  for (ptrdiff_t o = 0; o < g->outputs; o += NR) {
    const ptrdiff_t outputs = g->outputs - o < NR ? g->outputs - o : NR;
    const int narrow = outputs <= TILE_LANES;
    const ptrdiff_t tallest = narrow ? 12 : CK_MR < 6 ? CK_MR : 6;
    const ptrdiff_t tiles = (g->out_width + tallest - 1) / tallest;
    const real *strip = weights + o / NR * taps * NR;
    for (ptrdiff_t oy = 0; oy < g->out_height; oy++) {
      const ptrdiff_t y0 = oy * g->step_y - g->pad_y;
      ptrdiff_t first = 0, last = g->kernel_height;
      while (first < last && y0 + first * g->dilation_y < 0) first++;
      while (last > first && y0 + (last - 1) * g->dilation_y >= g->rows) last--;
      ptrdiff_t ox = 0;
      for (ptrdiff_t t = 0; t < tiles; t++) {
        const ptrdiff_t end = g->out_width * (t + 1) / tiles;
        const real *x = padded + y0 * g->row + ox * g->step_x - g->pad_x + g->left;
        const int32_t *from = offsets + first * row_taps;
        const real *w = strip + first * row_taps * NR;
        const ptrdiff_t count = (last - first) * row_taps;
        real *to = line + ox * NR;
        if (g->step_x == 1) (narrow ? F(pixels_narrow) : F(pixels_wide))(end - ox, x, from, count, w, 1, to);
        else (narrow ? F(pixels_narrow_step) : F(pixels_wide_step))(end - ox, x, from, count, w, g->step_x, to);
        ox = end;
      }
      real *rows = y + o * g->out_height * g->out_width + oy * g->out_width;
      F(transpose_block)(g->out_width, outputs, line, NR, rows, g->out_height * g->out_width);
    }
    if (bias) {
      for (ptrdiff_t i = 0; i < outputs; i++) {
        const ptrdiff_t columns = g->out_height * g->out_width;
        real *plane = y + (o + i) * columns;
        const vr b = v_set(bias[o + i]);
        VECTORS(PUT(plane, GET(plane) + b);)
      }
    }
  }
}

static void F(tap_offsets)(const F(geometry) *g, int32_t *offsets) {
  for (ptrdiff_t ky = 0; ky < g->kernel_height; ky++)
    for (ptrdiff_t kx = 0; kx < g->kernel_width; kx++)
      for (ptrdiff_t p = 0; p < g->planes; p++)
        *offsets++ = (int32_t)((p * g->rows + ky * g->dilation_y) * g->row + kx * g->dilation_x);
}

// Elements for one caller: padded image, offsets, weights, one line of outputs, one image's
// gradient pixel by pixel.
static ptrdiff_t F(convolution_scratch)(const ck_convolution *s) {
  F(geometry) f = F(forward_geometry)(s), b = F(backward_geometry)(s);
  F(complete)(&f);
  F(complete)(&b);
  b.rows = b.rows > f.rows ? b.rows : f.rows;
  const ptrdiff_t strips_f = F(padded)((f.outputs + NR) * F(taps)(&f));
  const ptrdiff_t strips_b = F(padded)((b.outputs + NR) * F(taps)(&b));
  const ptrdiff_t forward = f.planes * (f.rows + 2 * s->pad_y) * f.row;
  const ptrdiff_t backward = b.planes * b.rows * b.row;
  return F(padded)(forward > backward ? forward : backward) +
         F(padded)(F(taps)(&f) > F(taps)(&b) ? F(taps)(&f) : F(taps)(&b)) +
         (strips_f > strips_b ? strips_f : strips_b) +
         F(padded)((s->out_width > s->width ? s->out_width : s->width) * NR) +
         F(padded)(s->out_height * s->out_width * NR) + 64;
}

static void F(convolve)(const ck_convolution *s, const void *x_, const void *w_, const void *bias,
                        const ck_function *function, void *y_, ptrdiff_t first, ptrdiff_t last,
                        void *scratch) {
  const real *w = w_;
  F(geometry) g = F(forward_geometry)(s);
  F(complete)(&g);
  const ptrdiff_t taps = F(taps)(&g), image = g.planes * g.rows * g.row;
  const ptrdiff_t x_size = g.planes * g.height * g.width;
  const ptrdiff_t y_size = g.outputs * g.out_height * g.out_width;
  real *padded = scratch;
  int32_t *offsets = (int32_t *)(padded + F(padded)(image));
  real *weights = padded + F(padded)(image) + F(padded)(taps);
  real *line = weights + F(padded)((g.outputs + NR) * taps);
  memset(padded, 0, (size_t)image * sizeof(real));
  F(tap_offsets)(&g, offsets);
  for (ptrdiff_t group = 0; group < s->groups; group++) {
    for (ptrdiff_t o = 0; o < g.outputs; o += NR) {
      real *strip = weights + o * taps;
      for (ptrdiff_t i = 0; i < NR; i++)
        for (ptrdiff_t ky = 0; ky < g.kernel_height; ky++)
          for (ptrdiff_t c = 0; c < g.planes; c++)
            for (ptrdiff_t kx = 0; kx < g.kernel_width; kx++)
              strip[((ky * g.kernel_width + kx) * g.planes + c) * NR + i] =
                  o + i >= g.outputs ? 0
                                     : w[(((group * g.outputs + o + i) * g.planes + c) *
                                              g.kernel_height + ky) * g.kernel_width + kx];
    }
    for (ptrdiff_t n = first; n < last; n++) {
      F(copy_padded)(&g, (const real *)x_ + (n * s->groups + group) * x_size, padded);
      real *y = (real *)y_ + (n * s->groups + group) * y_size;
      F(correlate)(&g, padded, offsets, weights,
                   bias ? (const real *)bias + group * g.outputs : 0, y, line);
      if (function->kind != CK_IDENTITY) F(map)(function, 1, y_size, y, 0, y, 0);
    }
  }
}

static void F(convolve_gradient_input)(const ck_convolution *s, const void *dy_, const void *w_,
                                       void *dx_, ptrdiff_t first, ptrdiff_t last,
                                       void *scratch) {
  const real *w = w_;
  F(geometry) g = F(backward_geometry)(s);
  F(complete)(&g);
  const ptrdiff_t taps = F(taps)(&g), image = g.planes * g.rows * g.row;
  const ptrdiff_t dy_size = g.planes * g.height * g.width;
  const ptrdiff_t dx_size = g.outputs * g.out_height * g.out_width;
  real *padded = scratch;
  int32_t *offsets = (int32_t *)(padded + F(padded)(image));
  real *weights = padded + F(padded)(image) + F(padded)(taps);
  real *line = weights + F(padded)((g.outputs + NR) * taps);
  memset(padded, 0, (size_t)image * sizeof(real));
  F(tap_offsets)(&g, offsets);
  for (ptrdiff_t group = 0; group < s->groups; group++) {
    for (ptrdiff_t o = 0; o < g.outputs; o += NR) {
      real *strip = weights + o * taps;
      for (ptrdiff_t ky = 0; ky < g.kernel_height; ky++)
        for (ptrdiff_t f = 0; f < g.planes; f++)
          for (ptrdiff_t kx = 0; kx < g.kernel_width; kx++)
            for (ptrdiff_t i = 0; i < NR; i++)
              strip[((ky * g.kernel_width + kx) * g.planes + f) * NR + i] =
                  o + i >= g.outputs
                      ? 0
                      : w[(((group * g.planes + f) * g.outputs + o + i) * g.kernel_height +
                           g.kernel_height - 1 - ky) * g.kernel_width + g.kernel_width - 1 - kx];
    }
    for (ptrdiff_t n = first; n < last; n++) {
      F(copy_padded)(&g, (const real *)dy_ + (n * s->groups + group) * dy_size, padded);
      F(correlate)(&g, padded, offsets, weights, 0,
                   (real *)dx_ + (n * s->groups + group) * dx_size, line);
    }
  }
}

// The gradients of `mr` weights of each filter over one image.
INLINE void F(weight_tile)(const F(geometry) *g, const real *x, const int32_t *offsets,
                           const real *dy, const int mr, const int nv, real *dw) {
  vt sum[9][CK_NV];
  ptrdiff_t at[9];
  UNROLL for (int i = 0; i < mr; i++) {
    at[i] = offsets[i];
    UNROLL for (int v = 0; v < nv; v++) sum[i][v] = (vt){0};
  }
  const ptrdiff_t step = g->step_x;
  for (ptrdiff_t oy = 0; oy < g->out_height; oy++) {
    const real *pixel = x + oy * g->step_y * g->row;
    for (ptrdiff_t ox = g->out_width; ox > 0; ox--, pixel += step, dy += NR) {
      vt row[CK_NV];
      UNROLL for (int v = 0; v < nv; v++) row[v] = t_load(dy + v * TILE_LANES);
      UNROLL for (int i = 0; i < mr; i++) {
        const vt p = t_set(pixel[at[i]]);
        UNROLL for (int v = 0; v < nv; v++) sum[i][v] = t_fma(p, row[v], sum[i][v]);
      }
    }
  }
  UNROLL for (int i = 0; i < mr; i++) {
    UNROLL for (int v = 0; v < nv; v++) {
      real *to = dw + i * NR + v * TILE_LANES;
      t_store(to, t_load(to) + sum[i][v]);
    }
  }
}

#define WEIGHTS(MR_, NV_) \
  case MR_: F(weight_tile)(g, x, offsets, dy, MR_, NV_, dw); break;
static void F(weights_narrow)(const F(geometry) *g, const real *x, const int32_t *offsets,
                              const real *dy, ptrdiff_t mr, real *dw) {
  switch (mr) {
    WEIGHTS(1, 1) WEIGHTS(2, 1) WEIGHTS(3, 1) WEIGHTS(4, 1) WEIGHTS(5, 1) WEIGHTS(6, 1)
    WEIGHTS(7, 1) WEIGHTS(8, 1) WEIGHTS(9, 1)
    default: break;
  }
}
static void F(weights_wide)(const F(geometry) *g, const real *x, const int32_t *offsets,
                            const real *dy, ptrdiff_t mr, real *dw) {
  switch (mr) {
    WEIGHTS(1, CK_NV) WEIGHTS(2, CK_NV) WEIGHTS(3, CK_NV) WEIGHTS(4, CK_NV) WEIGHTS(5, CK_NV)
    WEIGHTS(6, CK_NV)
    default: break;
  }
}

// Every weight's gradient is a chain over the pixels of each image, then over the images.
static void F(convolve_gradient_weights)(const ck_convolution *s, const void *x_,
                                         const void *dy_, void *dw_, void *dbias_,
                                         int32_t accumulate, ptrdiff_t first, ptrdiff_t last,
                                         void *scratch) {
  F(geometry) g = F(forward_geometry)(s);
  F(complete)(&g);
  const ptrdiff_t taps = F(taps)(&g), pixels = g.out_height * g.out_width;
  const ptrdiff_t x_size = g.planes * g.height * g.width;
  g.rows += 2 * s->pad_y;
  const ptrdiff_t image = g.planes * g.rows * g.row;
  real *padded = scratch;
  int32_t *offsets = (int32_t *)(padded + F(padded)(image));
  real *sums = padded + F(padded)(image) + F(padded)(taps);
  real *turned = sums + F(padded)((g.outputs + NR) * taps) + F(padded)(g.out_width * NR);
  memset(padded, 0, (size_t)image * sizeof(real));
  memset(turned, 0, (size_t)(pixels * NR) * sizeof(real));
  // Here all kernel rows take part, so the copy has zeros above and below as well.
  F(tap_offsets)(&g, offsets);
  for (ptrdiff_t o = first; o < last;) {
    const ptrdiff_t group = o / g.outputs, group_end = (group + 1) * g.outputs;
    ptrdiff_t end = o + NR < last ? o + NR : last;
    if (end > group_end) end = group_end;
    const ptrdiff_t count = end - o;
    const int narrow = count <= TILE_LANES;
    const ptrdiff_t tallest = narrow ? 9 : CK_MR < 6 ? CK_MR : 6, tiles = (taps + tallest - 1) / tallest;
    memset(sums, 0, (size_t)(taps * NR) * sizeof(real));
    for (ptrdiff_t n = 0; n < s->batch; n++) {
      const real *x = (const real *)x_ + (n * s->groups + group) * x_size;
      for (ptrdiff_t p = 0; p < g.planes; p++)
        for (ptrdiff_t y = 0; y < g.height; y++)
          memcpy(padded + (p * g.rows + y + s->pad_y) * g.row + g.left,
                 x + (p * g.height + y) * g.width, (size_t)g.width * sizeof(real));
      F(transpose_block)(count, pixels, (const real *)dy_ + (n * s->filters + o) * pixels, pixels,
                         turned, NR);
      ptrdiff_t k = 0;
      for (ptrdiff_t t = 0; t < tiles; t++) {
        const ptrdiff_t stop = taps * (t + 1) / tiles;
        (narrow ? F(weights_narrow) : F(weights_wide))(&g, padded, offsets + k, turned, stop - k,
                                                       sums + k * NR);
        k = stop;
      }
    }
    for (ptrdiff_t i = 0; i < count; i++)
      for (ptrdiff_t ky = 0; ky < g.kernel_height; ky++)
        for (ptrdiff_t c = 0; c < g.planes; c++)
          for (ptrdiff_t kx = 0; kx < g.kernel_width; kx++) {
            real *to = (real *)dw_ +
                       (((o + i) * g.planes + c) * g.kernel_height + ky) * g.kernel_width + kx;
            const real sum = sums[((ky * g.kernel_width + kx) * g.planes + c) * NR + i];
            *to = accumulate ? *to + sum : sum;
          }
    if (dbias_) {
      for (ptrdiff_t i = o; i < end; i++) {
        real total = 0;
        for (ptrdiff_t n = 0; n < s->batch; n++)
          total += F(reduce_row)(CK_SUM, 1, pixels,
                                 (const real *)dy_ + (n * s->filters + i) * pixels, 0);
        real *to = (real *)dbias_ + i;
        *to = accumulate ? *to + total : total;
      }
    }
    o = end;
  }
}
