// Rows of a matrix, a vector at a time.
//
// The end of a row takes the same instructions as its middle, with lanes left out.

#define ROWS for (ptrdiff_t row = 0; row < rows; row++)
// The body twice: for whole vectors, and for the `left` elements of the last one.
#define VECTORS(...)                                                  \
  {                                                                   \
    ptrdiff_t j = 0;                                                  \
    for (; j + CK_LANES <= columns; j += CK_LANES) {                  \
      enum { PART = 0 };                                              \
      const ptrdiff_t left = CK_LANES;                                \
      (void)left;                                                     \
      __VA_ARGS__                                                     \
    }                                                                 \
    if (j < columns) {                                                \
      enum { PART = 1 };                                              \
      const ptrdiff_t left = columns - j;                             \
      __VA_ARGS__                                                     \
    }                                                                 \
  }
#define GET(P) (PART ? v_load_part((P) + j, left) : v_load((P) + j))
#define PUT(P, X)                                    \
  do {                                               \
    if (PART) v_store_part((P) + j, X, left);        \
    else v_store((P) + j, X);                        \
  } while (0)
