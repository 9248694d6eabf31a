// Pooling, with a way of its own for windows of 2 by 2 that lie side by side.

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
#endif

static void F(pool)(const ck_pooling *s, const void *x_, void *y_, int32_t *indices, ptrdiff_t first, ptrdiff_t last) {
  const real *x = x_;
  real *y = y_;
#if CK_LANES == 16
  if (F(has_pairs)(s)) {
    const ptrdiff_t size = s->out_height * s->out_width;
    for (ptrdiff_t p = first * s->channels; p < last * s->channels; p++)
      F(pool_pairs)(s, x + p * s->height * s->width, x + last * s->channels * s->height * s->width,
                    y + p * size, y + last * s->channels * size, indices ? indices + p * size : 0);
    return;
  }
#endif
  for (ptrdiff_t p = first * s->channels; p < last * s->channels; p++)
    for (ptrdiff_t oy = 0; oy < s->out_height; oy++)
      for (ptrdiff_t ox = 0; ox < s->out_width; ox++) {
        const real *image = x + p * s->height * s->width;
        real best = -INFINITY, sum = 0; int32_t at = -1; ptrdiff_t n = 0;
        for (ptrdiff_t ky = 0; ky < s->kernel_height; ky++)
          for (ptrdiff_t kx = 0; kx < s->kernel_width; kx++) {
            ptrdiff_t iy = oy * s->stride_y - s->pad_y + ky, ix = ox * s->stride_x - s->pad_x + kx;
            if (iy < 0 || ix < 0 || iy >= s->height || ix >= s->width) continue;
            real v = image[iy * s->width + ix];
            if (at < 0 || v > best || (v != v && best == best)) { best = v; at = (int32_t)(iy * s->width + ix); }
            sum += v; n++;
          }
        ptrdiff_t o = (p * s->out_height + oy) * s->out_width + ox;
        y[o] = s->average ? sum / (real)(s->count_padding ? s->kernel_height * s->kernel_width : n) : best;
        if (indices) indices[o] = at;
      }
}
static void F(pool_gradient)(const ck_pooling *s, const void *dy_, const int32_t *indices, void *dx_, ptrdiff_t first, ptrdiff_t last) {
  const real *dy = dy_;
  real *dx = dx_;
#if CK_LANES == 16
  if (F(has_pairs)(s) && s->height % 2 == 0 && s->width % 2 == 0) {
    const ptrdiff_t size = s->out_height * s->out_width;
    for (ptrdiff_t p = first * s->channels; p < last * s->channels; p++)
      F(pool_pairs_gradient)(s, dy + p * size, dy + last * s->channels * size, indices + p * size,
                             dx + p * s->height * s->width,
                             dx + last * s->channels * s->height * s->width);
    return;
  }
#endif
  F(fill)(1, (last - first) * s->channels * s->height * s->width, 0, dx + first * s->channels * s->height * s->width, 0);
  for (ptrdiff_t p = first * s->channels; p < last * s->channels; p++)
    for (ptrdiff_t oy = 0; oy < s->out_height; oy++)
      for (ptrdiff_t ox = 0; ox < s->out_width; ox++) {
        real *image = dx + p * s->height * s->width;
        ptrdiff_t o = (p * s->out_height + oy) * s->out_width + ox;
        if (!s->average) { if (indices[o] >= 0) image[indices[o]] += dy[o]; continue; }
        ptrdiff_t y0 = oy * s->stride_y - s->pad_y, x0 = ox * s->stride_x - s->pad_x, y1 = y0 + s->kernel_height, x1 = x0 + s->kernel_width;
        if (y0 < 0) y0 = 0;
        if (x0 < 0) x0 = 0;
        if (y1 > s->height) y1 = s->height;
        if (x1 > s->width) x1 = s->width;
        real g = dy[o] / (real)(s->count_padding ? s->kernel_height * s->kernel_width : (y1 - y0) * (x1 - x0));
        for (ptrdiff_t iy = y0; iy < y1; iy++)
          for (ptrdiff_t ix = x0; ix < x1; ix++) image[iy * s->width + ix] += g;
      }
}
