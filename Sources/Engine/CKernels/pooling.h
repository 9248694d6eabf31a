// Pooling. Vectors run along a line of windows where those are one or two pixels apart and lie inside
// of the image; windows of 2 by 2 side by side have a way of their own. Sums and comparisons go over
// a window's rows and their columns, whatever the way.

#if CK_LANES == 16
#define EVEN_ODD(A, B, O) \
  __builtin_shufflevector(A, B, 0 + O, 2 + O, 4 + O, 6 + O, 8 + O, 10 + O, 12 + O, 14 + O, \
                          16 + O, 18 + O, 20 + O, 22 + O, 24 + O, 26 + O, 28 + O, 30 + O)
#define ZIPPED(A, B, O)                                                                     \
  __builtin_shufflevector(A, B, 0 + O, 16 + O, 1 + O, 17 + O, 2 + O, 18 + O, 3 + O, 19 + O, \
                          4 + O, 20 + O, 5 + O, 21 + O, 6 + O, 22 + O, 7 + O, 23 + O)

// At least n elements, of which the others do not matter: whole vectors up to `end`, since parts
// are slow. What is stored beyond n is overwritten by what comes next.
INLINE vr V(load_some)(const real *p, ptrdiff_t n, const real *end) {
  return n <= 0 ? (vr){0} : n >= 16 || p + 16 <= end ? v_load(p) : v_load_part(p, n);
}
INLINE void V(store_some)(real *p, vr v, ptrdiff_t n, const real *end) {
  if (n <= 0) return;
  if (n >= 16 || p + 16 <= end) v_store(p, v);
  else v_store_part(p, v, n);
}

INLINE void V(challenge)(vr x, ireal at, vr *best, vi *place) {
  const vi wins = (vi)(x > *best) | (v_is_nan(x) & ~v_is_nan(*best));
  *best = v_select(wins, x, *best);
  *place = (v_set_i(at) & wins) | (*place & ~wins);
}

static const ireal once[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
static const ireal twice[16] = {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30};

// The ends are those of all planes that this call may touch.
static void F(pool_pairs)(const ck_pooling *s, const real *x, const real *x_end, real *y,
                          const real *y_end, int32_t *indices) {
  const real *indices_end = indices ? (const real *)indices + (y_end - y) : 0;
  vi step;
  memcpy(&step, twice, sizeof step);
  const ptrdiff_t width = s->width;
  for (ptrdiff_t oy = 0; oy < s->out_height; oy++) {
    for (ptrdiff_t ox = 0; ox < s->out_width; ox += 16) {
      const ptrdiff_t n = s->out_width - ox;
      const ptrdiff_t at = 2 * oy * width + 2 * ox;
      const real *above = x + at, *below = above + width;
      const vr a = V(load_some)(above, 2 * n, x_end);
      const vr b = V(load_some)(above + 16, 2 * n - 16, x_end);
      const vr c = V(load_some)(below, 2 * n, x_end);
      const vr d = V(load_some)(below + 16, 2 * n - 16, x_end);
      vr best = EVEN_ODD(a, b, 0);
      vi place = v_set_i(0);
      V(challenge)(EVEN_ODD(a, b, 1), 1, &best, &place);
      V(challenge)(EVEN_ODD(c, d, 0), (ireal)width, &best, &place);
      V(challenge)(EVEN_ODD(c, d, 1), (ireal)width + 1, &best, &place);
      V(store_some)(y + oy * s->out_width + ox, best, n, y_end);
      if (indices)
        V(store_some)((real *)(indices + oy * s->out_width + ox),
                      (vr)(place + step + (ireal)at), n, indices_end);
    }
  }
}

static void F(pool_pairs_gradient)(const ck_pooling *s, const real *dy, const real *dy_end,
                                   const int32_t *indices, real *dx, const real *dx_end) {
  const real *indices_end = (const real *)indices + (dy_end - dy);
  // Of two rows with several vectors each, the lower one's start is already there.
  if (s->out_width > 16) dx_end = dx;
  vi step;
  memcpy(&step, twice, sizeof step);
  const ptrdiff_t width = s->width;
  for (ptrdiff_t oy = 0; oy < s->out_height; oy++) {
    for (ptrdiff_t ox = 0; ox < s->out_width; ox += 16) {
      const ptrdiff_t n = s->out_width - ox, at = 2 * oy * width + 2 * ox;
      // Added to zero, as elsewhere, so that no negative zero is left.
      const vr g = V(load_some)(dy + oy * s->out_width + ox, n, dy_end) + (vr){0};
      const real *places = (const real *)(indices + oy * s->out_width + ox);
      const vi place = (vi)V(load_some)(places, n, indices_end) - step - (ireal)at;
      const vr a = v_where((vi)(place == v_set_i(0)), g);
      const vr b = v_where((vi)(place == v_set_i(1)), g);
      const vr c = v_where((vi)(place == v_set_i((ireal)width)), g);
      const vr d = v_where((vi)(place == v_set_i((ireal)width + 1)), g);
      real *above = dx + at, *below = above + width;
      V(store_some)(above, ZIPPED(a, b, 0), 2 * n, dx_end);
      V(store_some)(above + 16, ZIPPED(a, b, 8), 2 * n - 16, dx_end);
      V(store_some)(below, ZIPPED(c, d, 0), 2 * n, dx_end);
      V(store_some)(below + 16, ZIPPED(c, d, 8), 2 * n - 16, dx_end);
    }
  }
}

INLINE int F(has_pairs)(const ck_pooling *s) {
  return !s->average && s->kernel_height == 2 && s->kernel_width == 2 && s->stride_y == 2 &&
         s->stride_x == 2 && s->pad_y == 0 && s->pad_x == 0;
}

// Every other element of 31, of which the first n are wanted; nothing beyond them is read.
INLINE vr V(load_step)(const real *p, ptrdiff_t step, ptrdiff_t n) {
  if (step == 1) return n >= 16 ? v_load(p) : v_load_part(p, n);
  const ptrdiff_t count = 2 * n - 1;
  const vr a = count >= 16 ? v_load(p) : v_load_part(p, count);
  const vr b = count >= 31 ? v_load(p + 15) : count > 15 ? v_load_part(p + 15, count - 15) : (vr){0};
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 17, 19, 21, 23, 25, 27, 29, 31);
}

// `count` windows of `rows` rows from `x` on, all of whose columns are inside.
static void F(window_line)(const ck_pooling *s, const real *x, ptrdiff_t at, ptrdiff_t rows,
                         ptrdiff_t count, real *y, int32_t *indices) {
  const ptrdiff_t step = s->stride_x, width = s->width;
  const ptrdiff_t size = (s->count_padding ? s->kernel_height : rows) * s->kernel_width;
  vi places;
  memcpy(&places, step == 1 ? once : twice, sizeof places);
  for (ptrdiff_t ox = 0; ox < count; ox += 16) {
    const ptrdiff_t n = count - ox < 16 ? count - ox : 16;
    const real *from = x + ox * step;
    if (s->average) {
      vr sum = {0};
      for (ptrdiff_t ky = 0; ky < rows; ky++)
        for (ptrdiff_t kx = 0; kx < s->kernel_width; kx++)
          sum += V(load_step)(from + ky * width + kx, step, n);
      sum /= v_set((real)size);
      if (n == 16) v_store(y + ox, sum);
      else v_store_part(y + ox, sum, n);
      if (indices) for (ptrdiff_t i = 0; i < n; i++) indices[ox + i] = 0;
      continue;
    }
    vr best = V(load_step)(from, step, n);
    vi place = {0};
    for (ptrdiff_t ky = 0; ky < rows; ky++)
      for (ptrdiff_t kx = ky == 0; kx < s->kernel_width; kx++)
        V(challenge)(V(load_step)(from + ky * width + kx, step, n), (ireal)(ky * width + kx), &best,
                     &place);
    place += places + (ireal)(at + ox * step);
    if (n == 16) v_store(y + ox, best);
    else v_store_part(y + ox, best, n);
    if (!indices) continue;
    if (n == 16) v_store((real *)(indices + ox), (vr)place);
    else v_store_part((real *)(indices + ox), (vr)place, n);
  }
}

INLINE void V(add_some)(real *p, vr v, ptrdiff_t n) {
  if (n >= 16) v_store(p, v_load(p) + v);
  else if (n > 0) v_store_part(p, v_load_part(p, n) + v, n);
}

// The gradients of the averages of such windows. A pixel has those of the windows from left to
// right added, as elsewhere, which is why columns go from right to left.
static void F(average_line_gradient)(const ck_pooling *s, const real *dy, ptrdiff_t rows,
                                     ptrdiff_t count, real *dx) {
  const ptrdiff_t step = s->stride_x, width = s->width, columns = s->kernel_width;
  const ptrdiff_t size = (s->count_padding ? s->kernel_height : rows) * columns;
  for (ptrdiff_t ox = 0; ox < count; ox += 16) {
    const ptrdiff_t n = count - ox < 16 ? count - ox : 16;
    const vr g = (n == 16 ? v_load(dy + ox) : v_load_part(dy + ox, n)) / v_set((real)size);
    for (ptrdiff_t ky = 0; ky < rows; ky++) {
      real *to = dx + ky * width + ox * step;
      if (step == 1) {
        for (ptrdiff_t kx = columns - 1; kx >= 0; kx--) V(add_some)(to + kx, g, n);
        continue;
      }
      const ptrdiff_t pairs = columns / 2 * 2;
      if (pairs < columns) {
        V(add_some)(to + pairs, ZIPPED(g, (vr){0}, 0), 2 * n - 1);
        V(add_some)(to + pairs + 16, ZIPPED(g, (vr){0}, 8), 2 * n - 17);
      }
      for (ptrdiff_t kx = pairs - 2; kx >= 0; kx -= 2) {
        V(add_some)(to + kx, ZIPPED(g, g, 0), 2 * n);
        V(add_some)(to + kx + 16, ZIPPED(g, g, 8), 2 * n - 16);
      }
    }
  }
}
#endif

// The windows of a line whose columns all are inside of the image, if they go as vectors.
static void F(inner_windows)(const ck_pooling *s, ptrdiff_t *first, ptrdiff_t *end) {
  *first = *end = 0;
#if CK_LANES == 16
  if (s->stride_x > 2 || s->width + s->pad_x < s->kernel_width) return;
  *first = (s->pad_x + s->stride_x - 1) / s->stride_x;
  *end = (s->width + s->pad_x - s->kernel_width) / s->stride_x + 1;
  if (*end > s->out_width) *end = s->out_width;
  if (*first > *end) *first = *end;
#endif
}

// One window by hand.
INLINE void F(pool_window)(const ck_pooling *s, const real *image, ptrdiff_t oy, ptrdiff_t ox,
                           real *y, int32_t *index) {
  real best = -INFINITY, sum = 0;
  int32_t at = -1;
  ptrdiff_t n = 0;
  for (ptrdiff_t ky = 0; ky < s->kernel_height; ky++) {
    for (ptrdiff_t kx = 0; kx < s->kernel_width; kx++) {
      const ptrdiff_t iy = oy * s->stride_y - s->pad_y + ky, ix = ox * s->stride_x - s->pad_x + kx;
      if (iy < 0 || ix < 0 || iy >= s->height || ix >= s->width) continue;
      const real v = image[iy * s->width + ix];
      if (at < 0 || v > best || (v != v && best == best)) {
        best = v;
        at = (int32_t)(iy * s->width + ix);
      }
      sum += v;
      n++;
    }
  }
  const ptrdiff_t size = s->count_padding ? s->kernel_height * s->kernel_width : n;
  *y = s->average ? sum / (real)size : best;
  if (index) *index = s->average ? 0 : at;
}

static void F(pool)(const ck_pooling *s, const void *x_, void *y_, int32_t *indices,
                    ptrdiff_t first, ptrdiff_t last) {
  const real *x = x_;
  real *y = y_;
  const ptrdiff_t size = s->out_height * s->out_width, pixels = s->height * s->width;
#if CK_LANES == 16
  if (F(has_pairs)(s)) {
    for (ptrdiff_t p = first * s->channels; p < last * s->channels; p++)
      F(pool_pairs)(s, x + p * pixels, x + last * s->channels * pixels, y + p * size,
                    y + last * s->channels * size, indices ? indices + p * size : 0);
    return;
  }
#endif
  ptrdiff_t inner, end;
  F(inner_windows)(s, &inner, &end);
  for (ptrdiff_t p = first * s->channels; p < last * s->channels; p++) {
    const real *image = x + p * pixels;
    for (ptrdiff_t oy = 0; oy < s->out_height; oy++) {
      real *line = y + p * size + oy * s->out_width;
      int32_t *found = indices ? indices + p * size + oy * s->out_width : 0;
      for (ptrdiff_t ox = 0; ox < s->out_width; ox++) {
#if CK_LANES == 16
        if (ox == inner && inner < end) {
          ptrdiff_t y0 = oy * s->stride_y - s->pad_y, y1 = y0 + s->kernel_height;
          if (y0 < 0) y0 = 0;
          if (y1 > s->height) y1 = s->height;
          const ptrdiff_t at = y0 * s->width + ox * s->stride_x - s->pad_x;
          F(window_line)(s, image + at, at, y1 - y0, end - ox, line + ox, found ? found + ox : 0);
          ox = end - 1;
          continue;
        }
#endif
        F(pool_window)(s, image, oy, ox, line + ox, found ? found + ox : 0);
      }
    }
  }
}

static void F(average_window_gradient)(const ck_pooling *s, real dy, ptrdiff_t oy, ptrdiff_t ox,
                                       real *image) {
  ptrdiff_t y0 = oy * s->stride_y - s->pad_y, x0 = ox * s->stride_x - s->pad_x;
  ptrdiff_t y1 = y0 + s->kernel_height, x1 = x0 + s->kernel_width;
  if (y0 < 0) y0 = 0;
  if (x0 < 0) x0 = 0;
  if (y1 > s->height) y1 = s->height;
  if (x1 > s->width) x1 = s->width;
  const ptrdiff_t size =
      s->count_padding ? s->kernel_height * s->kernel_width : (y1 - y0) * (x1 - x0);
  const real g = dy / (real)size;
  for (ptrdiff_t iy = y0; iy < y1; iy++)
    for (ptrdiff_t ix = x0; ix < x1; ix++) image[iy * s->width + ix] += g;
}

static void F(pool_gradient)(const ck_pooling *s, const void *dy_, const int32_t *indices,
                             void *dx_, ptrdiff_t first, ptrdiff_t last) {
  const real *dy = dy_;
  real *dx = dx_;
  const ptrdiff_t size = s->out_height * s->out_width, pixels = s->height * s->width;
#if CK_LANES == 16
  if (F(has_pairs)(s) && s->height % 2 == 0 && s->width % 2 == 0) {
    for (ptrdiff_t p = first * s->channels; p < last * s->channels; p++)
      F(pool_pairs_gradient)(s, dy + p * size, dy + last * s->channels * size, indices + p * size,
                             dx + p * pixels, dx + last * s->channels * pixels);
    return;
  }
#endif
  F(fill)(1, (last - first) * s->channels * pixels, 0, dx + first * s->channels * pixels, 0);
  ptrdiff_t inner, end;
  F(inner_windows)(s, &inner, &end);
  for (ptrdiff_t p = first * s->channels; p < last * s->channels; p++) {
    real *image = dx + p * pixels;
    if (!s->average) {
      for (ptrdiff_t o = p * size; o < (p + 1) * size; o++)
        if (indices[o] >= 0) image[indices[o]] += dy[o];
      continue;
    }
    for (ptrdiff_t oy = 0; oy < s->out_height; oy++) {
      const real *line = dy + p * size + oy * s->out_width;
      for (ptrdiff_t ox = 0; ox < s->out_width; ox++) {
#if CK_LANES == 16
        if (ox == inner && inner < end) {
          ptrdiff_t y0 = oy * s->stride_y - s->pad_y, y1 = y0 + s->kernel_height;
          if (y0 < 0) y0 = 0;
          if (y1 > s->height) y1 = s->height;
          F(average_line_gradient)(s, line + ox, y1 - y0, end - ox,
                                   image + y0 * s->width + ox * s->stride_x - s->pad_x);
          ox = end - 1;
          continue;
        }
#endif
        F(average_window_gradient)(s, line[ox], oy, ox, image);
      }
    }
  }
}
