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

void ck_make_calls(const ck_table *t, const ck_call *calls, ptrdiff_t count) {
  for (const ck_call *call = calls; call < calls + count; call++) {
    switch (call->kind) {
      case CK_CALL_PRODUCT: t->product(&call->with.product); break;
      case CK_CALL_DENSE_GRADIENT: t->dense_gradient(&call->with.dense_gradient); break;
      default: make_elementwise(t, call->kind, &call->with.elementwise);
    }
  }
}
