static ptrdiff_t F(convolution_scratch)(const ck_convolution *s) { (void)s; return 0; }
static void F(convolve)(const ck_convolution *s, const void *x_, const void *w_, const void *bias, const ck_function *f, void *y_, ptrdiff_t first, ptrdiff_t last, void *scratch) {
  (void)scratch;
  const real *x = x_, *w = w_; real *y = y_;
  ptrdiff_t cg = s->channels / s->groups, fg = s->filters / s->groups;
  for (ptrdiff_t n = first; n < last; n++)
    for (ptrdiff_t o = 0; o < s->filters; o++)
      for (ptrdiff_t oy = 0; oy < s->out_height; oy++)
        for (ptrdiff_t ox = 0; ox < s->out_width; ox++) {
          real t = 0;
          for (ptrdiff_t c = 0; c < cg; c++)
            for (ptrdiff_t ky = 0; ky < s->kernel_height; ky++)
              for (ptrdiff_t kx = 0; kx < s->kernel_width; kx++) {
                ptrdiff_t iy = oy * s->stride_y - s->pad_y + ky * s->dilation_y, ix = ox * s->stride_x - s->pad_x + kx * s->dilation_x;
                if (iy < 0 || ix < 0 || iy >= s->height || ix >= s->width) continue;
                t = SCALAR_FMA(w[((o * cg + c) * s->kernel_height + ky) * s->kernel_width + kx],
                        x[((n * s->channels + o / fg * cg + c) * s->height + iy) * s->width + ix], t);
              }
          if (bias) t += ((const real *)bias)[o];
          y[((n * s->filters + o) * s->out_height + oy) * s->out_width + ox] = t;
        }
  const ptrdiff_t size = s->filters * s->out_height * s->out_width;
  F(map)(f, 1, (last - first) * size, y + first * size, 0, y + first * size, 0);
}
static void F(convolve_gradient_input)(const ck_convolution *s, const void *dy_, const void *w_, void *dx_, ptrdiff_t first, ptrdiff_t last, void *scratch) {
  (void)scratch;
  const real *dy = dy_, *w = w_; real *dx = dx_;
  ptrdiff_t cg = s->channels / s->groups, fg = s->filters / s->groups;
  F(fill)(1, (last - first) * s->channels * s->height * s->width, 0, dx + first * s->channels * s->height * s->width, 0);
  for (ptrdiff_t n = first; n < last; n++)
    for (ptrdiff_t o = 0; o < s->filters; o++)
      for (ptrdiff_t c = 0; c < cg; c++)
        for (ptrdiff_t ky = 0; ky < s->kernel_height; ky++)
          for (ptrdiff_t kx = 0; kx < s->kernel_width; kx++)
            for (ptrdiff_t oy = 0; oy < s->out_height; oy++)
              for (ptrdiff_t ox = 0; ox < s->out_width; ox++) {
                ptrdiff_t iy = oy * s->stride_y - s->pad_y + ky * s->dilation_y, ix = ox * s->stride_x - s->pad_x + kx * s->dilation_x;
                if (iy < 0 || ix < 0 || iy >= s->height || ix >= s->width) continue;
                real *t = &dx[((n * s->channels + o / fg * cg + c) * s->height + iy) * s->width + ix];
                *t = SCALAR_FMA(w[((o * cg + c) * s->kernel_height + ky) * s->kernel_width + kx],
                         dy[((n * s->filters + o) * s->out_height + oy) * s->out_width + ox], *t);
              }
}
static void F(convolve_gradient_weights)(const ck_convolution *s, const void *x_, const void *dy_, void *dw_, void *dbias_, int32_t accumulate, ptrdiff_t first, ptrdiff_t last, void *scratch) {
  (void)scratch;
  const real *dy = dy_, *x = x_; real *dw = dw_, *db = dbias_;
  ptrdiff_t cg = s->channels / s->groups, fg = s->filters / s->groups;
  for (ptrdiff_t o = first; o < last; o++) {
    for (ptrdiff_t c = 0; c < cg; c++)
      for (ptrdiff_t ky = 0; ky < s->kernel_height; ky++)
        for (ptrdiff_t kx = 0; kx < s->kernel_width; kx++) {
          real *t = &dw[((o * cg + c) * s->kernel_height + ky) * s->kernel_width + kx];
          real total = accumulate ? *t : 0;
          for (ptrdiff_t n = 0; n < s->batch; n++) {
            real sum = 0;
            for (ptrdiff_t oy = 0; oy < s->out_height; oy++)
              for (ptrdiff_t ox = 0; ox < s->out_width; ox++) {
                ptrdiff_t iy = oy * s->stride_y - s->pad_y + ky * s->dilation_y, ix = ox * s->stride_x - s->pad_x + kx * s->dilation_x;
                if (iy < 0 || ix < 0 || iy >= s->height || ix >= s->width) continue;
                sum = SCALAR_FMA(x[((n * s->channels + o / fg * cg + c) * s->height + iy) * s->width + ix],
                          dy[((n * s->filters + o) * s->out_height + oy) * s->out_width + ox], sum);
              }
            total += sum;
          }
          *t = total;
        }
    if (db) {
      real total = accumulate ? db[o] : 0;
      for (ptrdiff_t n = 0; n < s->batch; n++) total += (real)F(reduce_row)(CK_SUM, 1, s->out_height * s->out_width, dy + (n * s->filters + o) * s->out_height * s->out_width, 0);
      db[o] = total;
    }
  }
}
static void F(pool)(const ck_pooling *s, const void *x_, void *y_, int32_t *indices, ptrdiff_t first, ptrdiff_t last) {
  const real *x = x_; real *y = y_;
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
  const real *dy = dy_; real *dx = dx_;
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
