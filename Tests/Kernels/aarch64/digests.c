// Prints one digest for each operation, for the named table (or the best one): every machine must
// print the same lines.
#include "ckernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static float *numbers(size_t count, uint32_t seed) {
  float *x = malloc(count * sizeof(float));
  for (size_t i = 0; i < count; i += 4) {
    const uint32_t counter[4] = {(uint32_t)i, 0, 0, seed}, key[2] = {7, 11};
    uint32_t words[4];
    ck_philox(counter, key, words);
    for (size_t j = 0; j < 4 && i + j < count; j++) x[i + j] = (float)(int32_t)words[j] * 0x1p-30f;
  }
  return x;
}

// FNV-1a over the bits; every NaN counts as one.
static void print_digest(const char *name, const float *x, size_t count) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (size_t i = 0; i < count; i++) {
    uint32_t u;
    memcpy(&u, x + i, sizeof u);
    if (x[i] != x[i]) u = 0x7fc00000u;
    for (int b = 0; b < 4; b++) hash = (hash ^ (u >> 8 * b & 0xff)) * 0x100000001b3u;
  }
  printf("%s %016llx\n", name, (unsigned long long)hash);
}

static void products(const ck_table *t) {
  static const int shapes[][3] = {{1, 1, 1},     {5, 7, 3},      {16, 16, 16},  {33, 17, 65},
                                  {32, 1, 16},   {16, 3, 300},   {2, 16, 32},   {64, 10, 128},
                                  {97, 70, 300}, {13, 129, 511}, {140, 160, 48}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
    for (int form = 0; form < 3; form++) {
      const int m = shapes[s][0], n = shapes[s][1], k = shapes[s][2];
      float *a = numbers((size_t)m * k, 1), *b = numbers((size_t)k * n, 2);
      float *c = numbers((size_t)m * n, 3), *bias = numbers((size_t)n, 4);
      ck_product p = {.m = m,
                      .n = n,
                      .k = k,
                      .a = a,
                      .b = b,
                      .c = c,
                      .c_stride = n,
                      .transpose_a = form == 2,
                      .transpose_b = form == 1,
                      .alpha = 0.75,
                      .beta = 0.5,
                      .bias = bias,
                      .function = {CK_TANH, 1, 1, 1}};
      p.a_stride = p.transpose_a ? m : k;
      p.b_stride = p.transpose_b ? k : n;
      t->product(&p);
      char name[64];
      snprintf(name, sizeof name, "product-%dx%dx%d-%d", m, n, k, form);
      print_digest(name, c, (size_t)m * n);
      free(a);
      free(b);
      free(c);
      free(bias);
    }
}

// Dense layers that step along gradients that are not stored, by every rule.
static void steps(const ck_table *t) {
  static const int shapes[][3] = {{8, 64, 64}, {33, 130, 128}, {64, 70, 10}, {40, 131, 160}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
    for (int kind = CK_SGD; kind <= CK_ADAGRAD; kind++) {
      const int n = shapes[s][0], in = shapes[s][1], out = shapes[s][2];
      const size_t weights = (size_t)in * out;
      float *x = numbers((size_t)n * in, 1), *dy = numbers((size_t)n * out, 2);
      float *dx = numbers((size_t)n * in, 3), *w = numbers(weights + out, 4);
      float *m = numbers(weights + out, 5), *v = numbers(weights + out, 6);
      for (size_t i = 0; i < weights + out; i++) v[i] *= v[i];
      const ck_update u = {.kind = kind,
                           .rate = 0.1,
                           .momentum = 0.9,
                           .decay = 0.01,
                           .beta1 = 0.9,
                           .beta2 = 0.99,
                           .epsilon = 1e-8,
                           .correction1 = 0.5,
                           .correction2 = 0.25};
      const ck_dense_gradient d = {.n = n,
                                   .in = in,
                                   .out = out,
                                   .x = x,
                                   .w = w,
                                   .y = dy,
                                   .dy = dy,
                                   .dx = dx,
                                   .dw = w,
                                   .dbias = w + weights,
                                   .x_stride = in,
                                   .w_stride = out,
                                   .y_stride = out,
                                   .dy_stride = out,
                                   .dx_stride = in,
                                   .dw_stride = out,
                                   .update = &u,
                                   .dw_m = m,
                                   .dw_v = v,
                                   .dbias_m = m + weights,
                                   .dbias_v = v + weights};
      t->dense_gradient(&d);
      float *const results[] = {w, m, v, dx};
      for (int i = 0; i < 4; i++) {
        char name[64];
        snprintf(name, sizeof name, "step-%dx%dx%d-%d-%d", n, in, out, kind, i);
        print_digest(name, results[i], i < 3 ? weights + out : (size_t)n * in);
      }
      free(x);
      free(dy);
      free(dx);
      free(w);
      free(m);
      free(v);
    }
}

static void functions(const ck_table *t) {
  const size_t count = 40007;
  float *x = malloc(count * sizeof(float)), *y = malloc(count * sizeof(float));
  float *g = numbers(count, 5);
  for (size_t i = 0; i < count; i++) {  // all exponents and signs, then a dense middle
    const uint32_t u = (uint32_t)i * 214013u * 2531011u;
    memcpy(x + i, &u, sizeof u);
    if (i % 2) x[i] = ((float)i - 20000) * 0x1p-10f;
  }
  for (int kind = 0; kind < CK_FUNCTION_COUNT; kind++) {
    const ck_function f = {kind, 0.75, 1.25, 1.5};
    char name[64];
    t->map(&f, 1, (ptrdiff_t)count, x, 0, y, 0);
    snprintf(name, sizeof name, "function-%d", kind);
    print_digest(name, y, count);
    t->map_gradient(&f, 1, (ptrdiff_t)count, g, 0, x, 0, y, 0);
    snprintf(name, sizeof name, "gradient-%d", kind);
    print_digest(name, y, count);
  }
  for (int reduction = CK_SUM; reduction <= CK_SMALLEST; reduction++) {
    const float r = (float)t->reduce(reduction, 3, 1001, g, 1003);
    print_digest("reduction", &r, 1);
  }
  t->softmax(100, 37, g, 37, y, 37, 0);
  print_digest("softmax", y, 3700);
  t->sum_columns(101, 39, g, 40, y, 0);
  print_digest("columns", y, 39);
  free(x);
  free(y);
  free(g);
}

static void convolutions(const ck_table *t) {
  static const int shapes[][8] = {// channels, size, filters, kernel, stride, pad, dilation, groups
                                  {1, 28, 8, 3, 1, 1, 1, 1},
                                  {8, 14, 16, 3, 1, 1, 1, 1},
                                  {4, 9, 6, 3, 2, 1, 1, 2},
                                  {3, 13, 5, 3, 1, 0, 2, 1},
                                  {6, 8, 6, 5, 2, 3, 1, 6}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    const int *v = shapes[s];
    ck_convolution c = {3,    v[0], v[1], v[1], v[2], v[3], v[3], v[4],
                        v[4], v[5], v[5], v[6], v[6], v[7], 0,    0};
    c.out_height = c.out_width = (v[1] + 2 * v[5] - v[6] * (v[3] - 1) - 1) / v[4] + 1;
    const size_t nx = 3u * v[0] * v[1] * v[1], nw = (size_t)v[2] * v[0] / v[7] * v[3] * v[3];
    const size_t ny = 3u * v[2] * c.out_height * c.out_width;
    float *x = numbers(nx, 1), *w = numbers(nw, 2), *dy = numbers(ny, 3), *y = numbers(ny, 4);
    float *scratch = malloc((size_t)t->convolution_scratch(&c) * sizeof(float));
    const ck_function f = {CK_RELU, 0, 0, 0};
    t->convolve(&c, x, w, w, &f, y, 0, 3, scratch);
    print_digest("convolution", y, ny);
    float *dw = numbers(nw, 5), *db = numbers((size_t)v[2], 6);
    t->convolve_gradient_weights(&c, x, dy, dw, db, 1, 0, v[2], scratch);
    print_digest("convolution-weights", dw, nw);
    print_digest("convolution-bias", db, (size_t)v[2]);
    t->convolve_gradient_input(&c, dy, w, x, 0, 3, scratch);
    print_digest("convolution-input", x, nx);
    free(x);
    free(w);
    free(dy);
    free(y);
    free(dw);
    free(db);
    free(scratch);
  }
}

static void pooling(const ck_table *t) {
  static const int shapes[][6] = {// height, width, kernel, stride, pad, average
                                  {28, 28, 2, 2, 0, 0}, {14, 14, 2, 2, 0, 0}, {9, 7, 2, 2, 0, 0},
                                  {70, 66, 2, 2, 0, 0}, {13, 11, 3, 2, 1, 0}, {12, 15, 3, 1, 1, 0},
                                  {14, 14, 2, 2, 0, 1}, {13, 11, 3, 2, 1, 1}, {28, 28, 3, 2, 0, 0},
                                  {40, 71, 3, 2, 1, 0}, {9, 37, 5, 1, 2, 0},  {17, 40, 4, 3, 1, 0},
                                  {28, 70, 2, 2, 0, 1}, {11, 69, 3, 2, 1, 1}, {9, 37, 4, 1, 2, 1},
                                  {6, 35, 1, 2, 0, 1},  {5, 66, 5, 2, 2, 1}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    const int *v = shapes[s];
    ck_pooling p = {.batch = 3,
                    .channels = 5,
                    .height = v[0],
                    .width = v[1],
                    .kernel_height = v[2],
                    .kernel_width = v[2],
                    .stride_y = v[3],
                    .stride_x = v[3],
                    .pad_y = v[4],
                    .pad_x = v[4],
                    .out_height = (v[0] + 2 * v[4] - v[2]) / v[3] + 1,
                    .out_width = (v[1] + 2 * v[4] - v[2]) / v[3] + 1,
                    .average = v[5]};
    const size_t nx = 15u * v[0] * v[1], ny = 15u * p.out_height * p.out_width;
    float *x = numbers(nx, 7), *y = numbers(ny, 8);
    for (size_t i = 0; i < nx; i += 97) x[i] = i % 2 ? NAN : -INFINITY;
    int32_t *indices = malloc(ny * sizeof(int32_t));
    t->pool(&p, x, y, indices, 0, 3);
    print_digest("pool", y, ny);
    print_digest("pool-indices", (const float *)indices, ny);
    t->pool_gradient(&p, y, indices, x, 0, 3);
    print_digest("pool-gradient", x, nx);
    free(x);
    free(y);
    free(indices);
  }
}

static void pooled_convolutions(const ck_table *t) {
  static const int shapes[][9] = {
      // channels, size, filters, kernel, pad, groups, window, step, edge
      {1, 28, 8, 3, 1, 1, 2, 2, 0},  {8, 14, 16, 3, 1, 1, 2, 2, 0}, {1, 13, 3, 5, 2, 1, 2, 2, 0},
      {3, 12, 17, 5, 0, 1, 3, 2, 1}, {16, 9, 33, 3, 1, 1, 3, 3, 0}, {6, 8, 6, 3, 3, 6, 4, 3, 0}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    const int *v = shapes[s], n = 11;
    ck_convolution c = {n, v[0], v[1], v[1], v[2], v[3], v[3], 1, 1, v[4], v[4], 1, 1, v[5], 0, 0};
    c.out_height = c.out_width = v[1] + 2 * v[4] - v[3] + 1;
    ck_pooling p = {.batch = n,
                    .channels = v[2],
                    .height = c.out_height,
                    .width = c.out_width,
                    .kernel_height = v[6],
                    .kernel_width = v[6],
                    .stride_y = v[7],
                    .stride_x = v[7],
                    .pad_y = v[8],
                    .pad_x = v[8]};
    p.out_height = p.out_width = (c.out_height + 2 * v[8] - v[6]) / v[7] + 1;
    const size_t nx = (size_t)n * v[0] * v[1] * v[1], nw = (size_t)v[2] * v[0] / v[5] * v[3] * v[3];
    const size_t ny = (size_t)n * v[2] * p.out_height * p.out_width;
    float *x = numbers(nx, 1), *w = numbers(nw, 2), *dy = numbers(ny, 3), *y = numbers(ny, 4);
    float *dw = numbers(nw, 5), *db = numbers((size_t)v[2], 6);
    float *scratch = malloc((size_t)t->pooled_scratch(&c, &p) * sizeof(float));
    float *sums = malloc((size_t)t->pooled_sums(&c) * sizeof(float));
    int32_t *places = malloc(ny * sizeof(int32_t));
    const ck_function f = {CK_TANH, 1, 1, 1};
    t->convolve_pooled(&c, &p, x, w, w, &f, y, places, 0, n, scratch);
    print_digest("pooled-convolution", y, ny);
    t->convolve_pooled_gradient(&c, &p, x, w, y, &f, dy, places, x, sums, 0, CK_EIGHTHS, scratch);
    t->add_pooled_sums(&c, sums, dw, db, 1);
    print_digest("pooled-convolution-weights", dw, nw);
    print_digest("pooled-convolution-bias", db, (size_t)v[2]);
    print_digest("pooled-convolution-input", x, nx);
    free(x);
    free(w);
    free(dy);
    free(y);
    free(dw);
    free(db);
    free(scratch);
    free(sums);
    free(places);
  }
}

int main(int argc, char **argv) {
  const ck_table *t = argc > 1 ? ck_table_named(argv[1]) : ck_best_table();
  if (!t) {
    fprintf(stderr, "no kernels %s on this machine\n", argv[1]);
    return 2;
  }
  fprintf(stderr, "kernels: %s\n", t->name);
  products(t);
  steps(t);
  functions(t);
  convolutions(t);
  pooling(t);
  pooled_convolutions(t);
  return 0;
}
