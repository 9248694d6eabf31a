// A convolution, its activation and the maximum over windows in one go.
//
// Forward, only the lines of the output that a row of windows needs exist at a time. Backward, a
// window has one pixel whose gradient is not zero: the gradients of weights and input are sums over
// windows and not over pixels, vectors run over what one kernel row meets, and the place of each
// window's maximum is where that begins.
//
// A weight's gradient is a chain over the windows of the images of one eighth of the batch; the
// eighths are added in their order. The gradient of an input is a chain over (filter, window). Where
// a filter has 32 weights or more, windows whose own gradient is zero take no part in these.

enum { POOLED_HEIGHT = 16 };

// Takes z where it is larger, or the first NaN.
INLINE void F(challenge)(vt z, vti here, vt *best, vti *place) {
  const vti wins = ~(vti)(z <= *best) & (vti)(*best == *best);
  *best = t_select(wins, z, *best);
  *place = (vti)t_select(wins, (vt)here, (vt)*place);
}

INLINE void F(store_places)(int32_t *to, vti place, ptrdiff_t count) {
  if (sizeof(real) == sizeof(int32_t) && count >= TILE_LANES) memcpy(to, &place, sizeof place);
  else for (ptrdiff_t i = 0; i < count && i < TILE_LANES; i++) to[i] = (int32_t)place[i];
}

// `count` windows of `rows` by `columns` pixels side by side. `lines` begin at the first window;
// `at` is where its first pixel was computed from. Windows of up to nine pixels are known when this
// is compiled (`fixed`).
INLINE void F(windows)(const F(layout) *g, const real **lines, ptrdiff_t step, ptrdiff_t at,
                       ptrdiff_t at_step, ptrdiff_t count, const int fixed, const int rows,
                       const int columns, const int nv, ptrdiff_t filters, real *pooled,
                       int32_t *places) {
  const ptrdiff_t lanes = nv * TILE_LANES, step_y = g->step_y, step_x = g->step_x;
  const ptrdiff_t places_step = g->filters;
  vti offsets[9];
  if (fixed) {
    for (int i = 0; i < rows * columns; i++)
      offsets[i] = t_set_i((ireal)(i / columns * step_y + i % columns * step_x));
  }
  for (ptrdiff_t from = 0; count > 0; count--, from += step) {
    vt best[CK_NV];
    vti place[CK_NV];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        const vti here = fixed ? offsets[y * columns + x]
                               : t_set_i((ireal)(y * step_y + x * step_x));
        for (int v = 0; v < nv; v++) {
          const vt z = t_load(lines[y] + from + x * lanes + v * TILE_LANES);
          if (x == 0 && y == 0) {
            best[v] = z;
            place[v] = here;
          } else {
            F(challenge)(z, here, best + v, place + v);
          }
        }
      }
    }
    for (int v = 0; v < nv; v++) {
      t_store(pooled + v * TILE_LANES, best[v]);
      F(store_places)(places + v * TILE_LANES, place[v] + t_set_i((ireal)at),
                      filters - v * TILE_LANES);
    }
    at += at_step;
    pooled += lanes;
    places += places_step;
  }
}

// One row of windows of a strip of filters. `ring` has the lines, by line modulo `height`.
INLINE void F(pool_line)(const F(layout) *g, const ck_pooling *p, const real *ring,
                         ptrdiff_t py, const int nv, ptrdiff_t filters, real *pooled,
                         int32_t *places) {
  const ptrdiff_t lanes = nv * TILE_LANES, height = p->kernel_height, width = p->kernel_width;
  const ptrdiff_t step = p->stride_x * lanes, at_step = p->stride_x * g->step_x;
  ptrdiff_t y0 = py * p->stride_y - p->pad_y, y1 = y0 + height;
  if (y0 < 0) y0 = 0;
  if (y1 > p->height) y1 = p->height;
  for (ptrdiff_t px = 0; px < p->out_width;) {
    ptrdiff_t x0 = px * p->stride_x - p->pad_x, x1 = x0 + width, count = 1;
    if (x0 >= 0 && x1 <= p->width) {
      count = (p->width - x1) / p->stride_x + 1;
      if (count > p->out_width - px) count = p->out_width - px;
    }
    if (x0 < 0) x0 = 0;
    if (x1 > p->width) x1 = p->width;
    const real *lines[POOLED_HEIGHT];
    for (ptrdiff_t y = y0; y < y1; y++)
      lines[y - y0] = ring + (y % height * p->width + x0) * lanes;
    const ptrdiff_t at = y0 * g->step_y + x0 * g->step_x;
    real *values = pooled + px * lanes;
    int32_t *found = places + px * g->filters;
    if (y1 - y0 == 2 && x1 - x0 == 2) {
      const real *two[2] = {lines[0], lines[1]};
      F(windows)(g, two, step, at, at_step, count, 1, 2, 2, nv, filters, values, found);
    } else if (y1 - y0 == 3 && x1 - x0 == 3) {
      const real *three[3] = {lines[0], lines[1], lines[2]};
      F(windows)(g, three, step, at, at_step, count, 1, 3, 3, nv, filters, values, found);
    } else {
      F(windows)(g, lines, step, at, at_step, count, 0, (int)(y1 - y0), (int)(x1 - x0), nv,
                 filters, values, found);
    }
    px += count;
  }
}
static void F(pool_line_wide)(const F(layout) *g, const ck_pooling *p, const real *ring,
                              ptrdiff_t py, ptrdiff_t count, real *pooled, int32_t *places) {
  F(pool_line)(g, p, ring, py, CK_NV, count, pooled, places);
}
static void F(pool_line_narrow)(const F(layout) *g, const ck_pooling *p, const real *ring,
                                ptrdiff_t py, ptrdiff_t count, real *pooled, int32_t *places) {
  F(pool_line)(g, p, ring, py, 1, count, pooled, places);
}

// The windows of one filter: their gradients, and where in the image the maxima were computed from.
typedef struct {
  ptrdiff_t count;
  const real *dz;
  const int32_t *at;
  ptrdiff_t dz_step, at_step;
} F(found);

typedef struct {
  real dz;
  int32_t at;
} F(pair);

// Elements for one caller. Forward: image, weights and bias of all strips, lines, windows.
// Backward: image, its gradient, gradients of windows, what is found of them, weights.
static ptrdiff_t F(pooled_scratch)(const ck_convolution *s, const ck_pooling *p) {
  const F(layout) g = F(layout_of)(s, p);
  const ptrdiff_t strips = (g.filters + NR - 1) / NR * NR, kernel = g.kernel_height * g.run;
  const ptrdiff_t forward = F(padded)(strips * kernel) + F(padded)(strips) +
                            F(padded)(p->kernel_height * p->width * NR) + F(padded)(g.windows * NR);
  const ptrdiff_t backward = F(image_size)(&g) + 3 * F(padded)(g.filters * g.windows) +
                             F(padded)(g.filters * g.kernel_height * F(run_length)(&g)) +
                             F(padded)(g.filters * (ptrdiff_t)(sizeof(F(found)) / sizeof(real)));
  return F(image_size)(&g) + (forward > backward ? forward : backward) + 64;
}

static ptrdiff_t F(pooled_sums)(const ck_convolution *s) {
  const ptrdiff_t run = s->kernel_width * s->channels / s->groups;
  const ptrdiff_t whole = (run + TILE_LANES - 1) / TILE_LANES * TILE_LANES;
  return CK_EIGHTHS * F(padded)(s->filters * (s->kernel_height * whole + 1));
}

static void F(convolve_pooled)(const ck_convolution *s, const ck_pooling *p, const void *x_,
                               const void *w_, const void *bias_, const ck_function *function,
                               void *y_, int32_t *places, ptrdiff_t first, ptrdiff_t last,
                               void *scratch) {
  const F(layout) g = F(layout_of)(s, p);
  const ptrdiff_t size = g.kernel_height * g.run, strips = (g.filters + NR - 1) / NR * NR;
  const ptrdiff_t height = p->kernel_height, outputs = g.filters * g.windows;
  const real *w = w_, *bias = bias_;
  real *copy = scratch, *weights = copy + F(image_size)(&g);
  real *biases = weights + F(padded)(strips * size), *ring = biases + F(padded)(strips);
  real *pooled = ring + F(padded)(height * p->width * NR);
  memset(copy, 0, (size_t)F(image_size)(&g) * sizeof(real));
  for (ptrdiff_t group = 0; group < s->groups; group++) {
    for (ptrdiff_t o = 0; o < strips; o += NR) {
      const ptrdiff_t count = g.filters - o < NR ? g.filters - o : NR;
      const ptrdiff_t lanes = count <= TILE_LANES ? TILE_LANES : NR;
      real *strip = weights + o * size;
      for (ptrdiff_t i = 0; i < lanes; i++) {
        biases[o + i] = i < count && bias ? bias[group * g.filters + o + i] : 0;
        const real *filter = w + (group * g.filters + o + i) * size;
        for (ptrdiff_t c = 0; c < g.channels; c++)
          for (ptrdiff_t k = 0; k < g.kernel_height * s->kernel_width; k++)
            strip[(k * g.channels + c) * lanes + i] =
                i < count ? filter[c * g.kernel_height * s->kernel_width + k] : 0;
      }
    }
    for (ptrdiff_t n = first; n < last; n++) {
      const ptrdiff_t image = n * s->groups + group;
      F(channels_last)(&g, (const real *)x_ + image * g.channels * g.height * g.width, copy);
      for (ptrdiff_t o = 0; o < g.filters; o += NR) {
        const ptrdiff_t count = g.filters - o < NR ? g.filters - o : NR;
        const int narrow = count <= TILE_LANES;
        const ptrdiff_t lanes = narrow ? TILE_LANES : NR;
        ptrdiff_t done = 0;
        for (ptrdiff_t py = 0; py < p->out_height; py++) {
          ptrdiff_t end = py * p->stride_y - p->pad_y + height;
          if (done < end - height) done = end - height;
          if (end > p->height) end = p->height;
          for (; done < end; done++)
            F(convolve_line)(s, &g, copy, weights + o * size, bias ? biases + o : 0, function, done,
                             narrow, ring + done % height * p->width * lanes);
          (narrow ? F(pool_line_narrow) : F(pool_line_wide))(
              &g, p, ring, py, count, pooled + py * p->out_width * lanes,
              places + image * outputs + py * p->out_width * g.filters + o);
        }
        F(turn)(g.windows, count, pooled, lanes, (real *)y_ + image * outputs + o * g.windows,
                g.windows);
      }
    }
  }
}

// Whether a window costs more than to leave it out: a promise about the sums, so that it must not
// depend on the table.
INLINE int F(leaves_out)(const F(layout) *g) { return g->kernel_height * g->run >= 32; }

// Those whose gradient is not zero, in their order, or all of them.
static F(found) F(find)(const F(layout) *g, const real *dz, const int32_t *places, F(pair) *pairs) {
  if (!F(leaves_out)(g))
    return (F(found)){g->windows, dz, places, 1, g->filters};
  ptrdiff_t count = 0;
  for (ptrdiff_t i = 0; i < g->windows; i++, places += g->filters) {
    pairs[count].dz = dz[i];
    pairs[count].at = *places;
    count += dz[i] != 0;
  }
  return (F(found)){count, &pairs->dz, &pairs->at, sizeof *pairs / sizeof(real),
                    sizeof *pairs / sizeof(int32_t)};
}

// The gradients of `rows` by `nv` vectors of weights of `filters` filters, whose windows lie side by
// side where there are several.
INLINE void F(gather_tile)(const real *x, ptrdiff_t x_row, const F(found) *found, const int filters,
                           const int rows, const int nv, real *sums, ptrdiff_t filter,
                           ptrdiff_t sums_row) {
  vt sum[4][3][4];
  UNROLL for (int f = 0; f < filters; f++)
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int v = 0; v < nv; v++)
        sum[f][r][v] = t_load(sums + f * filter + r * sums_row + v * TILE_LANES);
  const ptrdiff_t dz_step = found->dz_step, at_step = found->at_step, dz_row = found->count;
  const real *dz = found->dz;
  const int32_t *places = found->at;
  for (ptrdiff_t i = found->count; i > 0; i--, dz += dz_step, places += at_step) {
    UNROLL for (int f = 0; f < filters; f++) {
      const real *at = x + places[f];
      const vt d = t_set(dz[f * dz_row]);
      UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < nv; v++)
          sum[f][r][v] = t_fma(t_load(at + r * x_row + v * TILE_LANES), d, sum[f][r][v]);
    }
  }
  UNROLL for (int f = 0; f < filters; f++)
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int v = 0; v < nv; v++)
        t_store(sums + f * filter + r * sums_row + v * TILE_LANES, sum[f][r][v]);
}

#define GATHER(FILTERS_, ROWS_, NV_)                                                      \
  F(gather_tile)(x + k * g->kernel_row + v, g->kernel_row, found + f, FILTERS_, ROWS_, NV_, \
                 sums + (f * g->kernel_height + k) * length + v, g->kernel_height * length, length)
#define GATHER_FILTERS(FILTERS_, ROWS_, NV_)                                              \
  {                                                                                       \
    ptrdiff_t f = 0;                                                                      \
    if (!F(leaves_out)(g))                                                                \
      for (; f + FILTERS_ <= g->filters; f += FILTERS_) GATHER(FILTERS_, ROWS_, NV_);     \
    for (; f < g->filters; f++) GATHER(1, ROWS_, NV_);                                    \
  }
#define GATHER_ROWS(ROWS_)                                                                       \
  switch (vectors) {                                                                             \
    case 1: GATHER_FILTERS(4, ROWS_, 1) break;                                                   \
    case 2: GATHER_FILTERS(2, ROWS_, 2) break;                                                   \
    case 3: GATHER_FILTERS(1, ROWS_, 3) break;                                                   \
    default: GATHER_FILTERS(1, ROWS_, 4)                                                         \
  }

// Adds one image's part to the gradients of all weights.
static void F(gather_weights)(const F(layout) *g, const real *x, const F(found) *found,
                              real *sums) {
  const ptrdiff_t length = F(run_length)(g);
  for (ptrdiff_t k = 0; k < g->kernel_height;) {
    const ptrdiff_t left = g->kernel_height - k, rows = left == 4 ? 2 : left < 3 ? left : 3;
    for (ptrdiff_t v = 0; v < length;) {
      const ptrdiff_t rest = (length - v) / TILE_LANES;
      const ptrdiff_t vectors = rest < 5 ? rest : rest < 7 ? 3 : 4;
      switch (rows) {
        case 1: GATHER_ROWS(1) break;
        case 2: GATHER_ROWS(2) break;
        default: GATHER_ROWS(3)
      }
      v += vectors * TILE_LANES;
    }
    k += rows;
  }
}

// Adds what one filter gives to the gradient of an image: at every window, `rows` by `nv` vectors,
// the last of which has only the lanes of `part` where that is not null.
INLINE void F(scatter_tile)(const F(found) *found, const real *w, ptrdiff_t x_row, const int rows,
                            const int nv, const vti *part, real *dx) {
  vt weight[3][3];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < nv; v++) weight[r][v] = t_load(w + (r * nv + v) * TILE_LANES);
  const ptrdiff_t dz_step = found->dz_step, at_step = found->at_step;
  const real *dz = found->dz;
  const int32_t *places = found->at;
  for (ptrdiff_t i = found->count; i > 0; i--, dz += dz_step, places += at_step) {
    const vt d = t_set(*dz);
    real *at = dx + *places;
    UNROLL for (int r = 0; r < rows; r++) {
      UNROLL for (int v = 0; v < nv; v++) {
        real *to = at + r * x_row + v * TILE_LANES;
        const vt old = t_load(to), sum = t_fma(weight[r][v], d, old);
        t_store(to, part && v == nv - 1 ? t_select(*part, sum, old) : sum);
      }
    }
  }
}

// The same for any number of rows and vectors.
static void F(scatter_any)(const F(layout) *g, const F(found) *found, const real *w, vti part,
                           real *dx) {
  const ptrdiff_t length = F(run_length)(g);
  const ptrdiff_t dz_step = found->dz_step, at_step = found->at_step;
  const real *dz = found->dz;
  const int32_t *places = found->at;
  for (ptrdiff_t i = found->count; i > 0; i--, dz += dz_step, places += at_step) {
    const vt d = t_set(*dz);
    real *at = dx + *places;
    const real *from = w;
    for (ptrdiff_t r = 0; r < g->kernel_height; r++, at += g->kernel_row, from += length) {
      ptrdiff_t v = 0;
      for (; v + TILE_LANES <= g->run; v += TILE_LANES)
        t_store(at + v, t_fma(t_load(from + v), d, t_load(at + v)));
      if (v < g->run) {
        const vt old = t_load(at + v), sum = t_fma(t_load(from + v), d, old);
        t_store(at + v, t_select(part, sum, old));
      }
    }
  }
}

static void F(scatter_input)(const F(layout) *g, const real *weights, const F(found) *found,
                             real *dx) {
  const ptrdiff_t length = F(run_length)(g), vectors = length / TILE_LANES;
  vti part;
  for (int i = 0; i < TILE_LANES; i++) part[i] = i < g->run - (length - TILE_LANES) ? -1 : 0;
  const vti *const some = g->run < length ? &part : 0;
  for (ptrdiff_t f = 0; f < g->filters; f++, found++) {
    const real *w = weights + f * g->kernel_height * length;
    if (g->kernel_height == 3 && vectors == 3 && !some)
      F(scatter_tile)(found, w, g->kernel_row, 3, 3, 0, dx);
    else if (g->kernel_height == 3 && vectors == 2)
      F(scatter_tile)(found, w, g->kernel_row, 3, 2, some, dx);
    else if (g->kernel_height == 3 && vectors == 1)
      F(scatter_tile)(found, w, g->kernel_row, 3, 1, some, dx);
    else F(scatter_any)(g, found, w, part, dx);
  }
}

static void F(convolve_pooled_gradient)(const ck_convolution *s, const ck_pooling *p,
                                        const void *x_, const void *w_, const void *y_,
                                        const ck_function *function, const void *dy_,
                                        const int32_t *places_, void *dx_, void *sums_,
                                        ptrdiff_t first, ptrdiff_t last, void *scratch) {
  const F(layout) g = F(layout_of)(s, p);
  const ptrdiff_t length = F(run_length)(&g), pixels = g.height * g.width;
  const ptrdiff_t kernel = g.kernel_height * length, outputs = g.filters * g.windows;
  const ptrdiff_t part = F(padded)(s->filters * (kernel + 1));
  real *copy = scratch, *gradient = copy + F(image_size)(&g);
  real *dz = gradient + F(image_size)(&g), *weights = dz + F(padded)(outputs);
  F(pair) *pairs = (F(pair) *)(weights + F(padded)(g.filters * kernel));
  F(found) *found = (F(found) *)(pairs + F(padded)(outputs));
  memset(copy, 0, (size_t)F(image_size)(&g) * sizeof(real));
  memset(weights, 0, (size_t)(g.filters * kernel) * sizeof(real));
  if (sums_) memset((real *)sums_ + first * part, 0, (size_t)((last - first) * part) * sizeof(real));
  for (ptrdiff_t group = 0; group < s->groups; group++) {
    if (dx_) {
      for (ptrdiff_t f = 0; f < g.filters; f++) {
        const real *filter = (const real *)w_ + (group * g.filters + f) * g.kernel_height * g.run;
        for (ptrdiff_t c = 0; c < g.channels; c++)
          for (ptrdiff_t ky = 0; ky < g.kernel_height; ky++)
            for (ptrdiff_t kx = 0; kx < s->kernel_width; kx++)
              weights[(f * g.kernel_height + ky) * length + kx * g.channels + c] =
                  filter[(c * g.kernel_height + ky) * s->kernel_width + kx];
      }
    }
    for (ptrdiff_t e = first; e < last; e++) {
      real *sums = sums_ ? (real *)sums_ + e * part + group * g.filters * kernel : 0;
      real *totals = sums_ ? (real *)sums_ + e * part + s->filters * kernel + group * g.filters : 0;
      for (ptrdiff_t n = s->batch * e / CK_EIGHTHS; n < s->batch * (e + 1) / CK_EIGHTHS; n++) {
        const ptrdiff_t image = n * s->groups + group;
        const int32_t *places = places_ + image * outputs;
        F(map_gradient)(function, 1, outputs, (const real *)dy_ + image * outputs, 0,
                        (const real *)y_ + image * outputs, 0, dz, 0);
        for (ptrdiff_t f = 0; f < g.filters; f++)
          found[f] = F(find)(&g, dz + f * g.windows, places + f, pairs + f * g.windows);
        if (sums) {
          F(channels_last)(&g, (const real *)x_ + image * g.channels * pixels, copy);
          F(gather_weights)(&g, copy, found, sums);
          for (ptrdiff_t f = 0; f < g.filters; f++)
            totals[f] += F(reduce_row)(CK_SUM, 1, g.windows, dz + f * g.windows, 0);
        }
        if (dx_) {
          memset(gradient, 0, (size_t)F(image_size)(&g) * sizeof(real));
          F(scatter_input)(&g, weights, found, gradient);
          F(channels_first)(&g, gradient, (real *)dx_ + image * g.channels * pixels);
        }
      }
    }
  }
}

// The gradients of weights and bias from the sums of the eighths.
static void F(add_pooled_sums)(const ck_convolution *s, void *sums_, void *dw_, void *dbias,
                               int32_t accumulate) {
  const ptrdiff_t channels = s->channels / s->groups, run = s->kernel_width * channels;
  const ptrdiff_t length = (run + TILE_LANES - 1) / TILE_LANES * TILE_LANES;
  const ptrdiff_t kernel = s->kernel_height * length, taps = s->kernel_height * run;
  const ptrdiff_t part = F(padded)(s->filters * (kernel + 1));
  real *sums = sums_, *dw = dw_, *db = dbias;
  for (ptrdiff_t e = 1; e < CK_EIGHTHS; e++)
    F(combine)(CK_ADD, 1, s->filters * (kernel + 1), sums, 0, sums + e * part, 0, sums, 0);
  for (ptrdiff_t f = 0; f < s->filters; f++) {
    for (ptrdiff_t c = 0; c < channels; c++)
      for (ptrdiff_t ky = 0; ky < s->kernel_height; ky++)
        for (ptrdiff_t kx = 0; kx < s->kernel_width; kx++) {
          real *to = dw + f * taps + (c * s->kernel_height + ky) * s->kernel_width + kx;
          const real sum = sums[f * kernel + ky * length + kx * channels + c];
          *to = accumulate ? *to + sum : sum;
        }
    if (db) {
      const real sum = sums[s->filters * kernel + f];
      db[f] = accumulate ? db[f] + sum : sum;
    }
  }
}
