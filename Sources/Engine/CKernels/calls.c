#include "ckernels.h"

static void make_elementwise(const ck_table *t, int32_t kind, const ck_elementwise *e) {
  switch (kind) {
    case CK_CALL_MAP:
      t->map(&e->function, e->rows, e->columns, e->a, e->a_stride, e->y, e->y_stride);
      break;
    case CK_CALL_MAP_GRADIENT:
      t->map_gradient(&e->function, e->rows, e->columns, e->a, e->a_stride, e->b, e->b_stride, e->y,
                      e->y_stride);
      break;
    case CK_CALL_COMBINE:
      t->combine(e->operation, e->rows, e->columns, e->a, e->a_stride, e->b, e->b_stride, e->y,
                 e->y_stride);
      break;
    case CK_CALL_ACCUMULATE:
      t->accumulate(e->rows, e->columns, e->scale, e->a, e->a_stride, e->offset, e->y, e->y_stride);
      break;
    case CK_CALL_AFFINE:
      t->affine(e->rows, e->columns, e->scale, e->offset, e->a, e->a_stride, e->y, e->y_stride);
      break;
    case CK_CALL_FILL: t->fill(e->rows, e->columns, e->offset, e->y, e->y_stride); break;
    case CK_CALL_SUM_COLUMNS:
      t->sum_columns(e->rows, e->columns, e->a, e->a_stride, e->y, e->operation);
      break;
    default: break;
  }
}

static void gather_integers(const ck_gather *g) {
  for (ptrdiff_t i = 0; i < g->rows; i++) {
    const int32_t *from = (const int32_t *)g->x + g->indices[i] * g->x_stride;
    int32_t *to = (int32_t *)g->y + i * g->y_stride;
    for (ptrdiff_t j = 0; j < g->columns; j++) to[j] = from[j];
  }
}

static void evaluate_loss(const ck_table *t, const ck_loss *l) {
  ptrdiff_t count = l->kind == CK_CROSS_ENTROPY ? 0 : l->rows * l->columns;
  if (l->kind == CK_CROSS_ENTROPY)
    for (ptrdiff_t i = 0; i < l->rows; i++) count += l->labels[i] >= 0;
  l->sum[1] = count > 0 ? (double)count : 1;
  const double scale = 1 / l->sum[1];
  switch (l->kind) {
    case CK_SQUARED_ERROR:
      l->sum[0] = t->squared_error(l->rows, l->columns, l->x, l->x_stride, l->targets,
                                   l->targets_stride, scale, l->gradient, l->gradient_stride);
      break;
    case CK_BINARY_CROSS_ENTROPY:
      l->sum[0] =
          t->binary_cross_entropy(l->rows, l->columns, l->x, l->x_stride, l->targets,
                                  l->targets_stride, scale, l->gradient, l->gradient_stride);
      break;
    default:
      l->sum[0] = t->cross_entropy(l->rows, l->columns, l->x, l->x_stride, l->labels, scale,
                                   l->gradient, l->gradient_stride);
  }
}

void ck_execute_calls(const ck_table *t, const ck_call *calls, ptrdiff_t count) {
  for (const ck_call *call = calls; call < calls + count; call++) {
    switch (call->kind) {
      case CK_CALL_PRODUCT: t->product(&call->with.product); break;
      case CK_CALL_DENSE_GRADIENT: t->dense_gradient(&call->with.dense_gradient); break;
      case CK_CALL_GATHER: {
        const ck_gather *g = &call->with.gather;
        t->gather(g->rows, g->columns, g->indices, g->x, g->x_stride, g->y, g->y_stride);
        break;
      }
      case CK_CALL_GATHER_INTEGERS: gather_integers(&call->with.gather); break;
      case CK_CALL_LOSS: evaluate_loss(t, &call->with.loss); break;
      case CK_CALL_UPDATE: {
        const ck_steps *s = &call->with.steps;
        t->update(s->rule, s->count, s->parameters, s->gradient, s->m, s->v);
        break;
      }
      default: make_elementwise(t, call->kind, &call->with.elementwise);
    }
  }
}
