/// Kernels: products, vector functions, reductions, convolution, random numbers.
///
/// One source (`Bodies/kernels.c.inc`) is compiled once for each instruction set and once for
/// double precision. Each gives a `ck_table`; the caller picks one at the start and never queries
/// the processor again. Nothing here allocates, keeps state or does I/O. Every table gives the same
/// bits.
///
/// A matrix is a pointer to its first element, a number of rows and columns and the distance
/// between rows in elements. Pointers are `void` because float and double share these signatures;
/// scalars are passed as double, which holds every float exactly.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Functions of one variable: elementary functions and activations with their gradients.
/// `a`, `b` and `c` are the parameters of `ck_function`.
enum {
  CK_IDENTITY = 0,
  CK_RELU = 1,
  CK_LEAKY_RELU = 2,  // x > 0 ? x : a x
  CK_ELU = 3,         // c (x > 0 ? x : a expm1(b x))
  CK_TANH = 4,
  CK_SCALED_TANH = 5,  // a tanh(b x)
  CK_SIGMOID = 6,
  CK_SILU = 7,      // x sigmoid(a x)
  CK_SOFTPLUS = 8,  // log(1 + exp(a x)) / a, and x where a x > b
  CK_GELU = 9,      // x Phi(x)
  CK_GELU_TANH = 10,
  CK_MISH = 11,
  CK_CLAMP = 12,         // min(max(x, a), b)
  CK_HARD_SIGMOID = 13,  // min(max(a x + b, 0), 1)
  CK_HARD_SWISH = 14,    // x min(max(x + 3, 0), 6) / 6
  CK_SOFTSIGN = 15,
  CK_LOG_SIGMOID = 16,
  CK_EXP = 17,
  CK_EXPM1 = 18,
  CK_LOG = 19,
  CK_LOG1P = 20,
  CK_ERF = 21,
  CK_SIN = 22,  // sin(a x)
  CK_COS = 23,  // cos(a x)
  CK_SQRT = 24,
  CK_RSQRT = 25,
  CK_RECIPROCAL = 26,
  CK_SQUARE = 27,
  CK_ABS = 28,
  CK_GAUSSIAN = 29,  // exp(-x^2)
  CK_ATAN = 30,
  CK_ASINH = 31,
  CK_SOFT_SHRINK = 32,  // sign(x) max(|x| - a, 0)
  CK_HARD_SHRINK = 33,  // |x| > a ? x : 0
  CK_THRESHOLD = 34,    // x > a ? x : b
  CK_TANH_SHRINK = 35,  // x - tanh(x)
  CK_SQUARED_RELU = 36,
  CK_SIGN = 37,
  CK_STEP = 38,  // x >= 0
  CK_FUNCTION_COUNT = 39
};

/// A function with its parameters.
typedef struct {
  int32_t kind;
  double a, b, c;
} ck_function;

/// Functions of two variables, element by element.
enum {
  CK_ADD = 0,
  CK_SUBTRACT = 1,
  CK_MULTIPLY = 2,
  CK_DIVIDE = 3,
  CK_MAXIMUM = 4,
  CK_MINIMUM = 5,
  CK_POWER = 6
};

/// The reductions of `reduce`.
enum {
  CK_SUM = 0,
  CK_SUM_OF_SQUARES = 1,
  CK_SUM_OF_MAGNITUDES = 2,
  CK_LARGEST = 3,
  CK_SMALLEST = 4
};

/// The step of an optimizer on parameters `p` given gradients `g` and its state `m`, `v`.
enum {
  CK_SGD = 0,       // g += c p; p -= a g
  CK_MOMENTUM = 1,  // g += c p; m = b m + (1 - d) g; p -= a (nesterov ? g + b m : m)
  CK_ADAM = 2,      // p -= rate m^ / (sqrt(v^) + epsilon)
  CK_RMSPROP = 3,
  CK_ADAGRAD = 4
};
typedef struct {
  int32_t kind;
  int32_t nesterov;
  int32_t first;      // the first step: momentum starts from g
  int32_t decoupled;  // weight decay on the parameters (AdamW) instead of on the gradient
  double rate, momentum, dampening, decay, beta1, beta2, epsilon;
  double correction1, correction2;  // 1 - beta^t of Adam
} ck_update;

/// `c = f(alpha op(a) op(b) + beta c + bias)`.
///
/// Each element starts as `beta c + bias` (`c` is not read where beta is 0). Then the products of
/// every 256 consecutive k, summed in one chain of fused multiply-adds from zero, are added by one
/// `fma(alpha, chain, c)`; `f` is applied last. Nothing changes that order.
///
/// With an `update` the product is a gradient that is not stored: `c` takes a step along it. Then
/// beta is 0, n at least 4, k from 3 to 256, and there is neither a bias nor a function.
typedef struct {
  ptrdiff_t m, n, k;
  const void *a, *b;
  void *c;
  ptrdiff_t a_stride, b_stride, c_stride;
  int32_t transpose_a, transpose_b;
  double alpha, beta;
  const void *bias;  // n elements, or null
  ck_function function;
  void *panel;                // memory of `panel_elements`; null where that is 0, else slower
  const ck_update *update;    // or null
  void *update_m, *update_v;  // the optimizer's state, with the strides of c
} ck_product;

/// Calls `part(job, i)` once for each i below `parts`, in any order and concurrently.
typedef void (*ck_part)(const void *job, ptrdiff_t i);
typedef void (*ck_run_parts)(ptrdiff_t parts, ck_part part, const void *job);

/// One dense layer: `y = f(x w + bias)` with x (n, in), w (in, out), and its gradients.
typedef struct {
  ptrdiff_t n, in, out;
  const void *x, *w, *y;
  ptrdiff_t x_stride, w_stride, y_stride;
  ck_function function;
  void *dy;          // overwritten with dL/d(x w + bias)
  void *dx;          // or null
  void *dw, *dbias;  // dbias may be null
  ptrdiff_t dy_stride, dx_stride, dw_stride;
  int32_t accumulate;  // add to dw and dbias instead of overwriting them
  // Or null. Else dw is w and dbias the bias, which take a step along their gradients; out is at
  // least 4 and n from 3 to 256.
  const ck_update *update;
  void *dw_m, *dw_v, *dbias_m, *dbias_v;
} ck_dense_gradient;

/// Images of one batch, channels first, each image contiguous in its row.
typedef struct {
  ptrdiff_t batch, channels, height, width;
  ptrdiff_t filters, kernel_height, kernel_width;
  ptrdiff_t stride_y, stride_x, pad_y, pad_x, dilation_y, dilation_x, groups;
  ptrdiff_t out_height, out_width;
} ck_convolution;

typedef struct {
  ptrdiff_t batch, channels, height, width;
  ptrdiff_t kernel_height, kernel_width, stride_y, stride_x, pad_y, pad_x;
  ptrdiff_t out_height, out_width;
  int32_t average, count_padding;
} ck_pooling;

/// The number of parts of a batch in which the gradients of a pooled convolution's weights are
/// summed.
enum { CK_EIGHTHS = 8 };

typedef struct ck_table {
  const char *name;
  int32_t lanes, mr, nr;
  int32_t element_size;

  void (*product)(const ck_product *);
  // The same on `threads` threads; the parts depend only on the shape and the number of threads.
  void (*product_on_threads)(const ck_product *, ptrdiff_t threads, ck_run_parts run);
  // Elements of the panel that speeds up a product of this shape: always the same number, or 0.
  ptrdiff_t (*panel_elements)(const ck_product *);
  void (*dense_gradient)(const ck_dense_gradient *);

  // Element by element.
  void (*map)(const ck_function *, ptrdiff_t rows, ptrdiff_t columns, const void *x,
              ptrdiff_t x_stride, void *y, ptrdiff_t y_stride);
  // dx = dy f'; `saved` is y where `ck_saves_output` says so, else x.
  void (*map_gradient)(const ck_function *, ptrdiff_t rows, ptrdiff_t columns, const void *dy,
                       ptrdiff_t dy_stride, const void *saved, ptrdiff_t saved_stride, void *dx,
                       ptrdiff_t dx_stride);
  // A row stride of 0 repeats one row.
  void (*combine)(int32_t operation, ptrdiff_t rows, ptrdiff_t columns, const void *a,
                  ptrdiff_t a_stride, const void *b, ptrdiff_t b_stride, void *c,
                  ptrdiff_t c_stride);
  // y = fma(alpha, x, beta y), without reading y where beta is 0.
  void (*accumulate)(ptrdiff_t rows, ptrdiff_t columns, double alpha, const void *x,
                     ptrdiff_t x_stride, double beta, void *y, ptrdiff_t y_stride);
  // y = fma(scale, x, offset).
  void (*affine)(ptrdiff_t rows, ptrdiff_t columns, double scale, double offset, const void *x,
                 ptrdiff_t x_stride, void *y, ptrdiff_t y_stride);
  void (*fill)(ptrdiff_t rows, ptrdiff_t columns, double value, void *y, ptrdiff_t y_stride);

  // Reductions: column j of each row is in lane j mod 16; one tree at the end.
  double (*reduce)(int32_t reduction, ptrdiff_t rows, ptrdiff_t columns, const void *x,
                   ptrdiff_t x_stride);
  double (*dot)(ptrdiff_t rows, ptrdiff_t columns, const void *x, ptrdiff_t x_stride, const void *y,
                ptrdiff_t y_stride);
  // sum of (x - center)^2
  double (*sum_of_squared_deviations)(ptrdiff_t rows, ptrdiff_t columns, double center,
                                      const void *x, ptrdiff_t x_stride);
  void (*arg_max_rows)(ptrdiff_t rows, ptrdiff_t columns, const void *x, ptrdiff_t x_stride,
                       int32_t *indices);
  // y[j] = (accumulate ? y[j] : 0) + sum over rows: four chains by row mod 4, then their tree.
  void (*sum_columns)(ptrdiff_t rows, ptrdiff_t columns, const void *x, ptrdiff_t x_stride, void *y,
                      int32_t accumulate);
  // y[j] = sum over rows of (x - center[j])^2, in the same order.
  void (*sum_columns_of_squared_deviations)(ptrdiff_t rows, ptrdiff_t columns, const void *x,
                                            ptrdiff_t x_stride, const void *center, void *y);

  // Rows of probabilities.
  void (*softmax)(ptrdiff_t rows, ptrdiff_t columns, const void *x, ptrdiff_t x_stride, void *y,
                  ptrdiff_t y_stride, int32_t logarithm);
  void (*softmax_gradient)(ptrdiff_t rows, ptrdiff_t columns, const void *dy, ptrdiff_t dy_stride,
                           const void *y, ptrdiff_t y_stride, void *dx, ptrdiff_t dx_stride,
                           int32_t logarithm);
  // Returns the sum of the rows' losses; `gradient` (or null) gets `scale` times d loss / d logit.
  // A row whose label is negative has no loss and no gradient.
  double (*cross_entropy)(ptrdiff_t rows, ptrdiff_t columns, const void *logits,
                          ptrdiff_t logits_stride, const int32_t *labels, double scale,
                          void *gradient, ptrdiff_t gradient_stride);
  double (*binary_cross_entropy)(ptrdiff_t rows, ptrdiff_t columns, const void *logits,
                                 ptrdiff_t logits_stride, const void *targets,
                                 ptrdiff_t targets_stride, double scale, void *gradient,
                                 ptrdiff_t gradient_stride);
  // Sum of (x - target)^2; gradient = scale * 2 (x - target).
  double (*squared_error)(ptrdiff_t rows, ptrdiff_t columns, const void *x, ptrdiff_t x_stride,
                          const void *targets, ptrdiff_t targets_stride, double scale,
                          void *gradient, ptrdiff_t gradient_stride);

  // Rows by index.
  void (*gather)(ptrdiff_t rows, ptrdiff_t columns, const int32_t *indices, const void *x,
                 ptrdiff_t x_stride, void *y, ptrdiff_t y_stride);
  void (*transpose)(ptrdiff_t rows, ptrdiff_t columns, const void *x, ptrdiff_t x_stride, void *y,
                    ptrdiff_t y_stride);

  void (*update)(const ck_update *, ptrdiff_t count, void *parameters, const void *gradient,
                 void *m, void *v);

  // Convolution. Weights are (filters, channels / groups * kernel_height * kernel_width).
  // The ranges split the work: images for forward and backward to the input, filters for the
  // gradient of the weights. Every element is one chain of fused multiply-adds from zero: an
  // output's over (kernel row, kernel column, channel) without kernel rows outside of the
  // image, to which the bias is added; an input's gradient likewise over filters in place of
  // channels, the kernel rotated by 180 degrees; a weight's gradient over the pixels of each image,
  // then the images' sums in order.
  ptrdiff_t (*convolution_scratch)(const ck_convolution *);  // elements
  void (*convolve)(const ck_convolution *, const void *x, const void *w, const void *bias,
                   const ck_function *, void *y, ptrdiff_t first, ptrdiff_t last, void *scratch);
  void (*convolve_gradient_input)(const ck_convolution *, const void *dy, const void *w, void *dx,
                                  ptrdiff_t first, ptrdiff_t last, void *scratch);
  void (*convolve_gradient_weights)(const ck_convolution *, const void *x, const void *dy, void *dw,
                                    void *dbias, int32_t accumulate, ptrdiff_t first,
                                    ptrdiff_t last, void *scratch);
  void (*pool)(const ck_pooling *, const void *x, void *y, int32_t *indices, ptrdiff_t first,
               ptrdiff_t last);
  void (*pool_gradient)(const ck_pooling *, const void *dy, const int32_t *indices, void *dx,
                        ptrdiff_t first, ptrdiff_t last);
  // Convolution, activation and the maximum over windows of its output in one operation, for a
  // dilation of 1 along x, windows of at most 16 rows and functions whose derivative needs the
  // output. `places` (batch, groups, windows, filters of a group) holds the place of each maximum
  // for the backward pass. That pass goes over the eighths `first` to `last` of the batch and
  // writes their parts of the weights' gradients to `sums`, which `add_pooled_sums` adds up; `dx`
  // or `sums` may be null. An output has the bits that the calls above give. A weight's gradient is
  // a chain over the windows of an eighth's images, then the eighths' sums in order; an input's a
  // chain over (filter, window). With 32 weights a filter or more, windows whose gradient is zero
  // are skipped.
  ptrdiff_t (*pooled_scratch)(const ck_convolution *, const ck_pooling *);  // elements
  ptrdiff_t (*pooled_sums)(const ck_convolution *);                         // elements
  void (*convolve_pooled)(const ck_convolution *, const ck_pooling *, const void *x, const void *w,
                          const void *bias, const ck_function *, void *y, int32_t *places,
                          ptrdiff_t first, ptrdiff_t last, void *scratch);
  void (*convolve_pooled_gradient)(const ck_convolution *, const ck_pooling *, const void *x,
                                   const void *w, const void *y, const ck_function *,
                                   const void *dy, const int32_t *places, void *dx, void *sums,
                                   ptrdiff_t first, ptrdiff_t last, void *scratch);
  void (*add_pooled_sums)(const ck_convolution *, void *sums, void *dw, void *dbias,
                          int32_t accumulate);

  // Twelve chains of fused multiply-adds in registers; returns the number of operations.
  double (*multiply_adds)(ptrdiff_t steps, void *result);
} ck_table;

/// Captured calls: the kernels with their operands, for `ck_execute_calls` to execute repeatedly.
enum {
  CK_CALL_PRODUCT = 0,
  CK_CALL_DENSE_GRADIENT = 1,
  CK_CALL_MAP = 2,
  CK_CALL_MAP_GRADIENT = 3,
  CK_CALL_COMBINE = 4,
  CK_CALL_ACCUMULATE = 5,
  CK_CALL_AFFINE = 6,
  CK_CALL_FILL = 7,
  CK_CALL_SUM_COLUMNS = 8,
  CK_CALL_GATHER = 9,
  CK_CALL_GATHER_INTEGERS = 10,
  CK_CALL_LOSS = 11,
  CK_CALL_UPDATE = 12
};

/// The operands of an elementwise call, under the names of its table entry: x and y of `map`; dy,
/// saved and dx of `map_gradient`; a, b and c of `combine`.
typedef struct {
  ck_function function;
  int32_t operation;  // of `combine`; `accumulate` of `sum_columns`
  ptrdiff_t rows, columns;
  double scale, offset;  // alpha and beta of `accumulate`; the value of `fill` is the offset
  const void *a, *b;
  void *y;
  ptrdiff_t a_stride, b_stride, y_stride;
} ck_elementwise;

/// Rows by index, of numbers or of integers: `y[i] = x[indices[i]]`.
typedef struct {
  ptrdiff_t rows, columns;
  const int32_t *indices;
  const void *x;
  void *y;
  ptrdiff_t x_stride, y_stride;
} ck_gather;

/// The losses that are computed together with their gradients.
enum { CK_SQUARED_ERROR = 0, CK_BINARY_CROSS_ENTROPY = 1, CK_CROSS_ENTROPY = 2 };

/// A batch's loss and the gradient of its mean, over elements or over rows with a label.
typedef struct {
  int32_t kind;
  ptrdiff_t rows, columns;
  const void *x, *targets;
  void *gradient;         // or null
  const int32_t *labels;  // of the cross-entropy, in place of targets
  ptrdiff_t x_stride, targets_stride, gradient_stride;
  double *sum;  // followed by the divisor of the mean
} ck_loss;

/// A step of an optimizer over contiguous parameters.
typedef struct {
  const ck_update *rule;
  ptrdiff_t count;
  void *parameters, *m, *v;
  const void *gradient;
} ck_steps;

typedef union {
  ck_product product;
  ck_dense_gradient dense_gradient;
  ck_elementwise elementwise;
  ck_gather gather;
  ck_loss loss;
  ck_steps steps;
} ck_operands;

typedef struct {
  int32_t kind;
  ck_operands with;
} ck_call;

void ck_execute_calls(const ck_table *, const ck_call *, ptrdiff_t count);

/// Whether `map_gradient` of this function reads y (else x).
int32_t ck_saves_output(const ck_function *);

/// The name of the table at an index from 0, from the plainest to the fastest; null after the last.
const char *ck_table_name(int32_t index);
/// The table of that name, or null where this machine cannot run it or it was not built.
const ck_table *ck_table_named(const char *name);
/// The best table for this machine.
const ck_table *ck_best_table(void);
/// Double precision: the same operations, plain arithmetic, one table for every machine.
const ck_table *ck_double_table(void);

/// A hint to the processor while a thread spins for work.
static inline void ck_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Elementary functions in double, the same bits everywhere.
double ck_exp(double);
double ck_expm1(double);
double ck_log(double);
double ck_log1p(double);
double ck_tanh(double);
double ck_erf(double);
double ck_erfc(double);
double ck_sin(double);
double ck_cos(double);
double ck_atan(double);
double ck_asinh(double);
double ck_pow(double, double);

/// Philox4x32-10: four words for a counter of four words and a key of two.
void ck_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t output[4]);
/// Writes `words` words of a stream to `output`, from block `first` on.
void ck_philox_fill(const uint32_t key[2], uint32_t stream_low, uint32_t stream_high,
                    uint64_t first, ptrdiff_t words, uint32_t *output);

#ifdef __cplusplus
}
#endif
#endif
