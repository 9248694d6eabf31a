// Matrix products.
//
// A strip of NR columns is taken at a time, and 256 consecutive k. While the first rows of the
// strip are computed its part of op(b) is written to a small buffer on the stack, so packing costs
// next to nothing and needs no memory. op(a) is read where it lies, by broadcasts; only a
// transposed one of a large product is packed, because its elements lie a row apart.
//
// A large product would gather each strip once for every block of rows. It packs a panel of many
// strips first, into memory that the caller lends, and all rows pass over that.
//
// A weights' gradient has few k and many rows: all strips are packed, and the result is written, or
// steps, row after row.
//
// The order is the promise of `ck_product`: neither the strips nor the rows taken together, nor
// what is packed, changes the chain of any element.

// Rows i0..<i1, columns j0..<j1 and 256 k from k0; `packed_a` has the rows and `panel` the columns
// packed, where they are not null.
INLINE void F(product_tiles)(const ck_product *p, ptrdiff_t i0, ptrdiff_t i1, ptrdiff_t j0,
                             ptrdiff_t j1, ptrdiff_t k0, const real *packed_a, const real *panel,
                             const int updates) {
  const real *a = p->a, *b = p->b, *bias = p->bias;
  real strip[KC * NR] __attribute__((aligned(64)));
  real gradient[12 * NR] __attribute__((aligned(64)));
  F(rule) rule;
  int plain = NO_STEP;
  if (updates) {
    rule = F(rule_of)(p->update);
    plain = F(plain_step)(&rule);
  }
  F(strip) s = {.k = p->k - k0 < KC ? p->k - k0 : KC, .c_row = p->c_stride,
    .rule = updates ? &rule : 0, .alpha = (real)p->alpha, .beta = k0 == 0 ? (real)p->beta : 1};
  const ptrdiff_t m = i1 - i0;
  // One column transposed lies as one row does.
  const int transpose_b = p->transpose_b && !(p->k == 1 && p->b_stride == 1);
  for (ptrdiff_t j = j0; j < j1; j += NR) {
    const ptrdiff_t columns = j1 - j < NR ? j1 - j : NR;
    s.last = (columns - 1) % TILE_LANES + 1;
    s.bias = bias && k0 == 0 ? bias + j : 0;
    const ptrdiff_t tallest =
        columns <= TILE_LANES && CK_NV == 2 && CK_MR > 4 && !packed_a ? 12 : CK_MR;
    const ptrdiff_t tiles = (m + tallest - 1) / tallest, height = m / tiles, taller = m % tiles;
    // Rows of op(b) that lie far apart are copied to the buffer on the way.
    int keep = 0;
    if (panel) {
      s.b = panel + (j - j0) * KC;
      s.b_k = NR;
    } else if (transpose_b) {
      F(transpose_block)(columns, s.k, b + j * p->b_stride + k0, p->b_stride, strip, NR);
      if (columns % TILE_LANES != 0) {
        for (ptrdiff_t k = 0; k < s.k; k++)
          for (ptrdiff_t x = columns; x < NR; x++) strip[k * NR + x] = 0;
      }
      s.b = strip;
      s.b_k = NR;
    } else {
      s.b = b + k0 * p->b_stride + j;
      s.b_k = p->b_stride;
      keep = tiles > 2 && p->b_stride > 2 * NR && s.k >= 32 && s.k * p->b_stride > 4096 &&
             columns > NR - TILE_LANES;
    }
    if (s.k <= 2 && !packed_a && !updates) {
      s.a = a + (p->transpose_a ? k0 * p->a_stride + i0 : i0 * p->a_stride + k0);
      s.a_row = p->transpose_a ? 1 : p->a_stride;
      s.a_k = p->transpose_a ? p->a_stride : 1;
      s.c = (real *)p->c + i0 * p->c_stride + j;
      F(rows_of_few_k)(&s, m, columns);
      continue;
    }
    const int steps = updates && columns == NR ? plain : NO_STEP;
    s.c_row = updates && !steps ? NR : p->c_stride;
    F(strip_function) function =
        steps ? F(stepping_strip)(steps, keep) : F(strip_for)(columns, keep);
    // The next strip's rows of op(b) lie on as many pages, which no machine foresees.
    const int fetches = (panel || !transpose_b) && j + NR < j1 && s.k >= 32;
    const ptrdiff_t next_row = panel ? NR : p->b_stride;
    const real *next = !fetches ? 0 : panel ? s.b + KC * NR : b + k0 * p->b_stride + j + NR;
    const ptrdiff_t fetched = fetches ? (s.k + tiles - 1) / tiles : 0;
    ptrdiff_t i = i0, unfetched = fetches ? s.k : 0;
    for (ptrdiff_t t = 0; t < tiles; t++) {
      const ptrdiff_t end = i + height + (t < taller);
      if (packed_a) {
        s.a = packed_a + (i - i0) * KC;
        s.a_row = p->transpose_a ? 1 : KC;
        s.a_k = p->transpose_a ? end - i : 1;
      } else if (p->transpose_a) {
        s.a = a + k0 * p->a_stride + i;
        s.a_row = 1;
        s.a_k = p->a_stride;
      } else {
        s.a = a + i * p->a_stride + k0;
        s.a_row = p->a_stride;
        s.a_k = 1;
      }
      const ptrdiff_t at = i * p->c_stride + j;
      s.c = (real *)p->c + at;
      s.keep = strip;
      if (updates) s.m = F(state_at)(p->update_m, at);
      if (updates && !steps) s.c = gradient;
      for (ptrdiff_t k = fetched < unfetched ? fetched : unfetched; k > 0; k--, unfetched--) {
        __builtin_prefetch(next, 0, 2);
        next += next_row;
      }
      function(&s, end - i);
      if (updates && !steps)
        F(step_rows)(&rule, end - i, columns, (real *)p->c + at, p->c_stride, gradient, NR,
                     F(state_at)(p->update_m, at), F(state_at)(p->update_v, at));
      if (keep) {
        keep = 0;
        s.b = strip;
        s.b_k = NR;
        function = steps ? F(stepping_strip)(steps, 0) : F(strip_for)(columns, 0);
      }
      i = end;
    }
  }
}

static void F(product_blocks)(const ck_product *p, ptrdiff_t i0, ptrdiff_t i1, ptrdiff_t j0,
                              ptrdiff_t j1, ptrdiff_t k0, const real *packed_a,
                              const real *panel) {
  if (p->update) F(product_tiles)(p, i0, i1, j0, j1, k0, packed_a, panel, 1);
  else F(product_tiles)(p, i0, i1, j0, j1, k0, packed_a, panel, 0);
}

// Few k and whole strips: b is packed into the second cache and passes by each tile of rows, so
// that a is read once and c row after row.
enum { PASSING = 16384 };  // elements of b

INLINE int F(pays_to_pass)(const ck_product *p) {
  return p->transpose_a && !p->transpose_b && p->n % NR == 0 && p->k * p->n <= PASSING &&
         p->k >= 32 && p->m >= 128 && p->n >= 128;
}

static void F(product_passing)(const ck_product *p, const F(rule) *rule, int step) {
  real panel[PASSING] __attribute__((aligned(64)));
  const real *a = p->a, *b = p->b, *bias = p->bias;
  for (ptrdiff_t j = 0; j < p->n; j += NR) {
    real *to = panel + j * p->k;
    for (ptrdiff_t x = 0; x < p->k; x++, to += NR) {
      UNROLL for (int v = 0; v < CK_NV; v++)
        t_store(to + v * TILE_LANES, t_load(b + x * p->b_stride + j + v * TILE_LANES));
    }
  }
  F(strip) s = {.k = p->k, .a_row = 1, .a_k = p->a_stride, .b_k = NR, .c_row = p->c_stride,
    .last = TILE_LANES, .alpha = (real)p->alpha, .beta = (real)p->beta, .rule = rule};
  const F(strip_function) function = step ? F(stepping_strip)(step, 0) : F(strip_for)(NR, 0);
  const ptrdiff_t tiles = (p->m + CK_MR - 1) / CK_MR, height = p->m / tiles, taller = p->m % tiles;
  for (ptrdiff_t t = 0, i = 0, rows; t < tiles; t++, i += rows) {
    rows = height + (t < taller);
    s.a = a + i;
    for (ptrdiff_t j = 0; j < p->n; j += NR) {
      const ptrdiff_t at = i * p->c_stride + j;
      s.b = panel + j * p->k;
      s.c = (real *)p->c + at;
      s.bias = bias ? bias + j : 0;
      if (step) s.m = F(state_at)(p->update_m, at);
      function(&s, rows);
    }
  }
}

// Rows i0..<i1 of a transposed a in tiles, each tile's k rows contiguous. Neighbours are copied
// together, because they share the lines of a.
static void F(pack_transposed)(const ck_product *p, ptrdiff_t i0, ptrdiff_t i1, ptrdiff_t k0,
                               ptrdiff_t k, real *packed) {
  enum { TOGETHER = 8 };
  const ptrdiff_t m = i1 - i0, tiles = (m + CK_MR - 1) / CK_MR, taller = m % tiles;
  for (ptrdiff_t t = 0, start = 0, group; t < tiles; t += group) {
    const ptrdiff_t height = m / tiles + (t < taller);
    const ptrdiff_t whole = (height + TILE_LANES - 1) / TILE_LANES * TILE_LANES;
    group = (t < taller ? taller : tiles) - t;
    if (group > TOGETHER) group = TOGETHER;
    real *to = packed + start * KC;
    const real *from = (const real *)p->a + k0 * p->a_stride + i0 + start;
    start += group * height;
    // Whole vectors where what is too much lies in the row and is written over by later k.
    const ptrdiff_t last = i0 + start + whole - height <= p->m ? k - TILE_LANES : 0;
    ptrdiff_t x = 0;
    for (; x < last; x++, to += height, from += p->a_stride) {
      for (ptrdiff_t g = 0; g < group; g++) {
        for (ptrdiff_t i = 0; i < whole; i += TILE_LANES)
          t_store(to + g * height * KC + i, t_load(from + g * height + i));
      }
    }
    for (; x < k; x++, to += height, from += p->a_stride) {
      for (ptrdiff_t g = 0; g < group; g++)
        for (ptrdiff_t i = 0; i < height; i++) to[g * height * KC + i] = from[g * height + i];
    }
  }
}

// Rows i0..<i1 of a, 256 elements apart.
static void F(pack_rows)(const ck_product *p, ptrdiff_t i0, ptrdiff_t i1, ptrdiff_t k0,
                         ptrdiff_t k, real *packed) {
  enum { AHEAD = 6 };  // rows, which no machine foresees
  const real *from = (const real *)p->a + i0 * p->a_stride + k0;
  for (ptrdiff_t i = i0; i < i1; i++, packed += KC, from += p->a_stride) {
    if (i + AHEAD < p->m) {
      const real *ahead = from + AHEAD * p->a_stride;
      for (ptrdiff_t x = 0; x < k; x += 64 / (ptrdiff_t)sizeof(real)) __builtin_prefetch(ahead + x);
    }
    memcpy(packed, from, (size_t)k * sizeof(real));
  }
}

// Strips first..<end of the panel of 256 k from k0 and the columns j0..<j1, each k's NR columns
// together; columns beyond the last are zeros.
static void F(pack_panel)(const ck_product *p, ptrdiff_t j0, ptrdiff_t j1, ptrdiff_t k0, ptrdiff_t first,
                    ptrdiff_t end, real *panel) {
  const ptrdiff_t k = p->k - k0 < KC ? p->k - k0 : KC;
  enum { TOGETHER = 4 };  // neighbours lie on one page, and their copies in different lines
  for (ptrdiff_t s = first; s < end; s += TOGETHER) {
    const ptrdiff_t stop = s + TOGETHER < end ? s + TOGETHER : end;
    const int whole = j0 + stop * NR <= j1;
    if (!p->transpose_b && whole) {
      const real *from = (const real *)p->b + k0 * p->b_stride + j0 + s * NR;
      for (ptrdiff_t x = 0; x < k; x++, from += p->b_stride) {
        for (ptrdiff_t t = 0; t < stop - s; t++) {
          __builtin_prefetch(from + t * NR + 12 * p->b_stride);
          real *to = panel + (s + t) * KC * NR + x * NR;
          UNROLL for (int v = 0; v < CK_NV; v++)
            t_store(to + v * TILE_LANES, t_load(from + t * NR + v * TILE_LANES));
        }
      }
      continue;
    }
    for (ptrdiff_t t = s; t < stop; t++) {
      const ptrdiff_t j = j0 + t * NR, columns = j1 - j < NR ? j1 - j : NR;
      real *to = panel + t * KC * NR;
      if (p->transpose_b) {
        F(transpose_block)(columns, k, (const real *)p->b + j * p->b_stride + k0, p->b_stride, to, NR);
      } else {
        const real *from = (const real *)p->b + k0 * p->b_stride + j;
        for (ptrdiff_t x = 0; x < k; x++, from += p->b_stride)
          for (ptrdiff_t c = 0; c < columns; c++) to[x * NR + c] = from[c];
      }
      for (ptrdiff_t x = 0; x < k; x++)
        for (ptrdiff_t c = columns; c < NR; c++) to[x * NR + c] = 0;
    }
  }
}

// Rows i0..<i1 and columns j0..<j1 for 256 k from k0, the rows packed first.
static void F(product_packed)(const ck_product *p, ptrdiff_t i0, ptrdiff_t i1, ptrdiff_t j0,
                              ptrdiff_t j1, ptrdiff_t k0, const real *panel) {
  real packed[MC * KC] __attribute__((aligned(64)));
  const ptrdiff_t k = p->k - k0 < KC ? p->k - k0 : KC;
  for (; i0 < i1; i0 += MC) {
    const ptrdiff_t end = i1 - i0 < MC ? i1 : i0 + MC;
    if (p->transpose_a) F(pack_transposed)(p, i0, end, k0, k, packed);
    else F(pack_rows)(p, i0, end, k0, k, packed);
    F(product_blocks)(p, i0, end, j0, j1, k0, packed, panel);
  }
}

// Rows of a transposed a are short pieces far apart; rows of a long matrix fall on the same sets of
// the caches. Either way a copy pays where it is used by enough strips.
INLINE int F(pays_to_pack)(const ck_product *p) {
  return p->transpose_a ? p->k > 256 ? p->n >= 48 : p->k >= 64 && p->n >= 384 && p->a_stride >= 384
                        : p->n >= 256 && p->m >= 128 && p->a_stride >= 384;
}

// A product gains by a panel if its strips would be gathered again and again.
static ptrdiff_t F(panel_elements)(const ck_product *p) {
  return p->m > 256 && p->n >= 384 && p->k >= 256 ? NC * KC : 0;
}

// The columns j0..<j1 and 256 k from k0 of a product, once more than one part works on them.
typedef struct {
  const ck_product *p;
  ptrdiff_t j0, j1, k0, parts;
} F(panel_block);

static void F(pack_part)(const void *job, ptrdiff_t part) {
  const F(panel_block) *b = job;
  const ptrdiff_t strips = (b->j1 - b->j0 + NR - 1) / NR;
  F(pack_panel)(b->p, b->j0, b->j1, b->k0, strips * part / b->parts,
                strips * (part + 1) / b->parts, b->p->panel);
}

static void F(multiply_part)(const void *job, ptrdiff_t part) {
  const F(panel_block) *b = job;
  const ck_product *p = b->p;
  F(product_packed)(p, p->m * part / b->parts, p->m * (part + 1) / b->parts, b->j0, b->j1, b->k0,
                    p->panel);
}

static void F(run_here)(ptrdiff_t parts, ck_part part, const void *job) {
  for (ptrdiff_t i = 0; i < parts; i++) part(job, i);
}

// Threads pack one panel together, then each takes rows for which it passes over the panel.
static void F(product_by_panels)(const ck_product *p, ptrdiff_t threads, ck_run_parts run) {
  const ptrdiff_t blocks = (p->n + NC - 1) / NC;
  const ptrdiff_t width = ((p->n + blocks - 1) / blocks + NR - 1) / NR * NR;
  F(panel_block) b = {.p = p};
  for (; b.j0 < p->n; b.j0 = b.j1) {
    b.j1 = p->n - b.j0 < width ? p->n : b.j0 + width;
    for (b.k0 = 0; b.k0 < p->k; b.k0 += KC) {
      b.parts = threads;
      run(b.parts, F(pack_part), &b);
      b.parts = ((p->m + MC - 1) / MC + threads - 1) / threads * threads;
      run(b.parts, F(multiply_part), &b);
    }
  }
}

static void F(product_without_function)(const ck_product *p) {
  if (F(pays_to_pass)(p)) {
    F(rule) rule;
    if (p->update) rule = F(rule_of)(p->update);
    const int step = p->update ? F(plain_step)(&rule) : NO_STEP;
    if (step || !p->update) {
      F(product_passing)(p, &rule, step);
      return;
    }
  }
  if (p->k <= 0) {
    for (ptrdiff_t i = 0; i < p->m; i++) {
      real *c = (real *)p->c + i * p->c_stride;
      for (ptrdiff_t j = 0; j < p->n; j++) {
        const real start = p->bias ? ((const real *)p->bias)[j] : 0;
        const real y = p->beta != 0 ? SCALAR_FMA((real)p->beta, c[j], start) : start;
        c[j] = SCALAR_FMA((real)p->alpha, (real)0, y);
      }
    }
  } else if (p->n <= 3 && p->m > p->n) {
    F(product_narrow)(p);
  } else if (p->panel) {
    F(product_by_panels)(p, 1, F(run_here));
  } else if (F(pays_to_pack)(p)) {
    for (ptrdiff_t k0 = 0; k0 < p->k; k0 += KC) F(product_packed)(p, 0, p->m, 0, p->n, k0, 0);
  } else {
    // Rows of op(a) that stay in the second cache while all strips pass.
    const ptrdiff_t block = MC + MC / 3;
    for (ptrdiff_t k0 = 0; k0 < p->k; k0 += KC)
      for (ptrdiff_t i0 = 0; i0 < p->m; i0 += block)
        F(product_blocks)(p, i0, p->m - i0 < block ? p->m : i0 + block, 0, p->n, k0, 0, 0);
  }
}

INLINE void F(apply_function)(const ck_product *p) {
  if (p->function.kind != CK_IDENTITY)
    F(map)(&p->function, p->c_stride == p->n ? 1 : p->m, p->c_stride == p->n ? p->m * p->n : p->n,
           p->c, p->c_stride, p->c, p->c_stride);
}

static void F(product)(const ck_product *p) {
  if (p->m <= 0 || p->n <= 0) return;
  F(product_without_function)(p);
  F(apply_function)(p);
}

// A product of which each part computes some rows or some columns.
typedef struct {
  ck_product p;
  int32_t by_columns;
  ptrdiff_t unit, units, parts;
} F(split);

static ck_product F(part_of)(const F(split) *s, ptrdiff_t part) {
  ck_product p = s->p;
  const ptrdiff_t first = s->units * part / s->parts * s->unit;
  const ptrdiff_t end = s->units * (part + 1) / s->parts * s->unit;
  p.panel = 0;
  if (s->by_columns) {
    p.n = (end < p.n ? end : p.n) - first;
    p.b = (const real *)p.b + first * (p.transpose_b ? p.b_stride : 1);
    p.c = (real *)p.c + first;
    p.update_m = F(state_at)(p.update_m, first);
    p.update_v = F(state_at)(p.update_v, first);
    if (p.bias) p.bias = (const real *)p.bias + first;
  } else {
    p.m = (end < p.m ? end : p.m) - first;
    p.a = (const real *)p.a + first * (p.transpose_a ? 1 : p.a_stride);
    p.c = (real *)p.c + first * p.c_stride;
    p.update_m = F(state_at)(p.update_m, first * p.c_stride);
    p.update_v = F(state_at)(p.update_v, first * p.c_stride);
  }
  return p;
}

static void F(split_part)(const void *job, ptrdiff_t part) {
  const ck_product p = F(part_of)(job, part);
  F(product)(&p);
}

static void F(function_part)(const void *job, ptrdiff_t part) {
  const ck_product p = F(part_of)(job, part);
  F(apply_function)(&p);
}

static void F(product_on_threads)(const ck_product *p, ptrdiff_t threads, ck_run_parts run) {
  if (p->m <= 0 || p->n <= 0) return;
  // The longer side, in units that cut no tile.
  F(split) s = {.p = *p, .by_columns = p->n >= p->m};
  s.unit = s.by_columns ? 32 : 12;
  s.units = ((s.by_columns ? p->n : p->m) + s.unit - 1) / s.unit;
  // Two parts a thread where they are worth it: one that starts late, or has a neighbour on its
  // core, then does less.
  const ptrdiff_t parts = 2.0 * p->m * p->n * p->k > 8e6 * threads ? 2 * threads : threads;
  s.parts = parts < s.units ? parts : s.units;
  if (p->panel) {
    F(product_by_panels)(p, threads, run);
    if (p->function.kind != CK_IDENTITY) run(s.parts, F(function_part), &s);
  } else {
    run(s.parts, F(split_part), &s);
  }
}

// The gradient of a bias, or a step along it.
static void F(bias_gradient)(const ck_dense_gradient *d) {
  if (!d->update) {
    F(sum_columns)(d->n, d->out, d->dy, d->dy_stride, d->dbias, d->accumulate);
    return;
  }
  enum { MOST = 256 };
  real gradient[MOST];
  const F(rule) rule = F(rule_of)(d->update);
  for (ptrdiff_t j = 0, columns; j < d->out; j += columns) {
    columns = d->out - j < MOST ? d->out - j : MOST;
    F(sum_columns)(d->n, columns, (const real *)d->dy + j, d->dy_stride, gradient, 0);
    F(step_rows)(&rule, 1, columns, (real *)d->dbias + j, 0, gradient, 0, F(state_at)(d->dbias_m, j),
                 F(state_at)(d->dbias_v, j));
  }
}

static void F(dense_gradient)(const ck_dense_gradient *d) {
  if (d->function.kind != CK_IDENTITY)
    F(map_gradient)(&d->function, d->n, d->out, d->dy, d->dy_stride, d->y, d->y_stride, d->dy,
                    d->dy_stride);
  if (d->dx) {  // before the weights take a step
    const ck_product x = {.m = d->n, .n = d->in, .k = d->out, .a = d->dy, .b = d->w, .c = d->dx,
      .a_stride = d->dy_stride, .b_stride = d->w_stride, .c_stride = d->dx_stride,
      .transpose_b = 1, .alpha = 1};
    F(product)(&x);
  }
  const ck_product w = {.m = d->in, .n = d->out, .k = d->n, .a = d->x, .b = d->dy, .c = d->dw,
    .a_stride = d->x_stride, .b_stride = d->dy_stride, .c_stride = d->dw_stride, .transpose_a = 1,
    .alpha = 1, .beta = d->accumulate ? 1 : 0, .update = d->update, .update_m = d->dw_m,
    .update_v = d->dw_v};
  F(product)(&w);
  if (d->dbias) F(bias_gradient)(d);
}
static void F(transpose)(ptrdiff_t rows, ptrdiff_t columns, const void *x, ptrdiff_t x_stride, void *y,
                         ptrdiff_t y_stride) {
  F(transpose_block)(rows, columns, x, x_stride, y, y_stride);
}

// Nothing but fused multiply-adds in registers: what the machine can do at most. Returns how many
// operations were done.
static double F(multiply_adds)(ptrdiff_t steps, void *result) {
  vt chain[12];
  for (int i = 0; i < 12; i++) {
    chain[i] = t_set((real)i);
    __asm__("" : "+m"(chain[i]));  // or the compiler sees that the second chain stays 1
  }
  const vt factor = t_set((real)0.99), term = t_set((real)0.01);
  for (ptrdiff_t s = 0; s < steps; s++) {
    UNROLL for (int i = 0; i < 12; i++) chain[i] = t_fma(chain[i], factor, term);
  }
  for (int i = 1; i < 12; i++) chain[0] += chain[i];
  *(real *)result = chain[0][0];
  return (double)steps * 12 * TILE_LANES * 2;
}
