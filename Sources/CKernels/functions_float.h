// Elementary functions of a vector of floats: range reduction, one polynomial, fused multiply-adds.
//
// The polynomials minimise the greatest relative error of the function on the reduced range. The
// bounds named are those that the tests hold the functions to, over all floats tested, in units in
// the last place. NaN gives NaN; zeros keep their sign where the function is odd.

enum { ROUNDING_BITS = 0x4B400000 };
// Added and subtracted, it rounds to a whole number, whose bits are then the low bits of the sum.
#define ROUNDING 0x1.8p23f
#define LN2_HIGH 0x1.62e4p-1f  // 16 bits: a multiple by an exponent is exact
#define LN2_LOW 0x1.7f7d1cp-20f

// c0 + c1 x + ... in pairs (Estrin), because a chain of dependent steps would wait for itself.
#define PAIR(x, c0, c1) v_fma(v_set(c1), x, v_set(c0))
INLINE vr V(poly5)(vr x, vr x2, float c0, float c1, float c2, float c3, float c4) {
  return v_fma(v_fma(v_set(c4), x2, PAIR(x, c2, c3)), x2, PAIR(x, c0, c1));
}
INLINE vr V(poly8)(vr x, vr x2, float c0, float c1, float c2, float c3, float c4, float c5,
                   float c6, float c7) {
  const vr low = v_fma(PAIR(x, c2, c3), x2, PAIR(x, c0, c1));
  return v_fma(v_fma(PAIR(x, c6, c7), x2, PAIR(x, c4, c5)), x2 * x2, low);
}
// c8 and c9 of a longer one come in as a vector: the rest of the series over x^8.
INLINE vr V(poly8_and)(vr x, vr x2, vr rest, float c0, float c1, float c2, float c3, float c4,
                       float c5, float c6, float c7) {
  const vr low = v_fma(PAIR(x, c2, c3), x2, PAIR(x, c0, c1));
  const vr high = v_fma(v_fma(rest, x2, PAIR(x, c6, c7)), x2, PAIR(x, c4, c5));
  return v_fma(high, x2 * x2, low);
}

// 2^(bits of the whole number `rounded` holds), for -126...127.
INLINE vr V(power_of_two)(vi n) { return (vr)((n + 127) << 23); }

// exp(r) - 1 - r over r^2, |r| <= ln 2 / 2.
INLINE vr V(exp_tail)(vr r, vr r2) {
  return V(poly5)(r, r2, 0.5f, 0x1.55549p-3f, 0x1.5554bep-5f, 0x1.123b18p-7f, 0x1.6d7ca6p-10f);
}

// exp(x + low), with what rounding took from the result before it was scaled.
INLINE vr V(exp_parts)(vr x, vr low, vr *lost) {
  x = v_max(v_set(-104.0f), v_min(v_set(89.0f), x));
  const vr z = v_fma(x, v_set(0x1.715476p0f), v_set(ROUNDING));
  const vr n = z - v_set(ROUNDING);
  vr r = v_fnma(n, v_set(LN2_HIGH), x);
  r = v_fnma(n, v_set(LN2_LOW), r) + low;
  const vr t = v_fma(V(exp_tail)(r, r * r), r * r, r);
  const vr p = v_set(1) + t;
  // In two steps, so that the largest and the subnormal results are rounded once.
  const vi k = (vi)z - ROUNDING_BITS, half = k >> 1;
  const vr s1 = V(power_of_two)(half), s2 = V(power_of_two)(k - half);
  if (lost) *lost = (t - (p - v_set(1))) * s1 * s2;
  return p * s1 * s2;
}

// At most 1.5 ulp. Overflows to infinity, and to 0 through the subnormals.
INLINE vr V(exp)(vr x) { return V(exp_parts)(x, (vr){0}, 0); }

// At most 2.5 ulp.
INLINE vr V(expm1)(vr x) {
  const vr c = v_max(v_set(-30.0f), v_min(v_set(89.0f), x));
  const vr z = v_fma(c, v_set(0x1.715476p0f), v_set(ROUNDING));
  const vr n = z - v_set(ROUNDING);
  vr r = v_fnma(n, v_set(LN2_HIGH), c);
  r = v_fnma(n, v_set(LN2_LOW), r);
  const vr r2 = r * r;
  vr p = v_fma(PAIR(r, 0x1.6d3cecp-10f, 0x1.a242fep-13f), r2, PAIR(r, 0x1.5554f6p-5f, 0x1.111004p-7f));
  p = v_fma(p, r2, PAIR(r, 0.5f, 0x1.555556p-3f));
  p = v_fma(p, r2, r);
  const vr s = V(power_of_two)((vi)z - ROUNDING_BITS - 1);
  const vr y = v_fma(s, p, s - v_set(0.5f));
  return v_copysign(y + y, x);
}

// log(1 + f) + e ln 2 for 1 + f in [sqrt(1/2), sqrt(2)].
INLINE vr V(log_core)(vr f, vr e) {
  const vr f2 = f * f;
  const vr p = V(poly8_and)(f, f2, v_set(-0x1.41ee52p-4f), -0.5f, 0x1.55554ap-2f, -0x1.00022p-2f,
                            0x1.99a5a6p-3f, -0x1.547882p-3f, 0x1.226d8ap-3f, -0x1.0ce0aep-3f,
                            0x1.07d3b6p-3f);
  const vr w = v_fma(f2, p, e * v_set(LN2_LOW));
  return v_fma(e, v_set(LN2_HIGH), f + w);
}

// The whole number e with x / 2^e in [sqrt(1/2), sqrt(2)), for normal x > 0.
INLINE vi V(exponent)(vr x) { return ((vi)x - 0x3f3504f3) >> 23; }

// At most 1.5 ulp. log(0) is -infinity, of a negative NaN.
INLINE vr V(log)(vr x) {
  const vi small = (vi)(x < v_set(0x1p-126f));
  const vr scaled = v_select(small, x * v_set(0x1p23f), x);
  const vi k = V(exponent)(scaled);
  const vr m = (vr)((vi)scaled - (k << 23));
  const vr e = __builtin_convertvector(k, vr) - v_where(small, v_set(23.0f));
  vr y = V(log_core)(m - v_set(1), e);
  y = v_select((vi)(x < v_set(INFINITY)), y, x);
  y = v_select((vi)(x == (vr){0}), v_set(-INFINITY), y);
  return v_select((vi)(x < (vr){0}), v_set(NAN), y);
}

// log(1 + x) for finite x > -1.
INLINE vr V(log1p_core)(vr x) {
  const vr u = v_set(1) + x;
  // What rounding took from u: exact, as the larger of 1 and x is subtracted first.
  const vi large = (vi)(v_abs(x) > v_set(1));
  const vr c = v_select(large, v_set(1) - (u - x), x - (u - v_set(1)));
  const vi k = V(exponent)(u);
  const vr scale = (vr)(v_set_i(0x3f800000) - (k << 23));
  const vr f = v_fma(c, scale, (vr)((vi)u - (k << 23)) - v_set(1));
  return V(log_core)(f, __builtin_convertvector(k, vr));
}

// At most 2.5 ulp.
INLINE vr V(log1p)(vr x) {
  vr y = V(log1p_core)(v_min(v_set(0x1p126f), x));
  y = v_select((vi)(x > v_set(0x1p100f)), V(log)(x), y);
  y = v_select((vi)(x == v_set(-1)), v_set(-INFINITY), v_copysign(y, x));
  return v_select((vi)(x < v_set(-1)), v_set(NAN), y);
}

// tanh(x) - x over x^3 for x^2 = u, |x| <= 0.625.
INLINE vr V(tanh_tail)(vr u) {
  return V(poly5)(u, u * u, -0x1.555534p-2f, 0x1.110760p-3f, -0x1.b84340p-5f, 0x1.52509ep-6f, -0x1.76922ap-8f);
}

// At most 1.5 ulp: a polynomial near zero, 1 - 2 / (exp(2 |x|) + 1) beyond.
INLINE vr V(tanh)(vr x) {
  const vr a = v_min(v_set(9.1f), v_abs(x));
  const vr u = a * a, small = v_fma(V(tanh_tail)(u), u * a, a);

  const vr z = v_fma(a, v_set(0x1.715476p1f), v_set(ROUNDING));
  const vr n = z - v_set(ROUNDING);
  const vr r = v_fnma(n, v_set(0x1.62e43p-1f), a + a);
  const vr p = v_set(1) + v_fma(V(exp_tail)(r, r * r), r * r, r);
  const vr e = (vr)((vi)p + ((vi)z << 23));
  const vr large = v_set(1) - v_set(2) / (e + v_set(1));
  const vr y = v_select((vi)(a >= v_set(0.625f)), large, small);
  return v_copysign(y, x);
}

// x - tanh(x), without cancellation near zero.
INLINE vr V(tanh_shrink)(vr x) {
  const vr u = x * x;
  return v_select((vi)(u < v_set(0.39f)), -V(tanh_tail)(u) * (u * x), x - V(tanh)(x));
}

// At most 1.5 ulp: exp(-|x|) and the sum below it keep what rounding takes from them.
INLINE vr V(sigmoid)(vr x) {
  vr lost;
  const vr z = V(exp_parts)(-v_abs(x), (vr){0}, &lost);
  const vr d = v_set(1) + z;
  const vr d_lost = (z - (d - v_set(1))) + lost;
  const vr r = v_set(1) / d;
  const vi positive = (vi)(x >= (vr){0});
  const vr top = v_select(positive, v_set(1), z);
  const vr y = top * r;
  const vr rest = v_fnma(y, d_lost, v_fnma(y, d, top) + v_select(positive, (vr){0}, lost));
  return v_fma(rest, r, y);
}

// x sigmoid(z) in fewer steps: for functions that are products with it.
INLINE vr V(times_sigmoid)(vr x, vr z) {
  const vr e = V(exp)(-v_abs(z));
  return x * v_select((vi)(z < (vr){0}), e, v_set(1)) / (v_set(1) + e);
}

// log(1 + exp(x)). At most 2.5 ulp.
INLINE vr V(softplus)(vr x) {
  const vr z = V(exp)(-v_abs(x));
  const vr u = v_set(1) + z;
  const vr c = z - (u - v_set(1));
  const vi k = V(exponent)(u);
  const vr scale = (vr)(v_set_i(0x3f800000) - (k << 23));
  const vr f = v_fma(c, scale, (vr)((vi)u - (k << 23)) - v_set(1));
  return v_max((vr){0}, x) + V(log_core)(f, __builtin_convertvector(k, vr));
}

// At most 2.5 ulp.
INLINE vr V(erf)(vr x) {
  const vr a = v_min(v_set(4.0f), v_abs(x)), u = a * a;
  const vr u2 = u * u;
  vr q = v_fma(v_set(0x1.4bb582p-14f), u2, PAIR(u, 0x1.543660p-8f, -0x1.a52348p-11f));
  q = v_fma(q, u2, PAIR(u, 0x1.ce2d5cp-4f, -0x1.b7ffbcp-6f));
  q = v_fma(q, u2, PAIR(u, 0x1.06eba8p-3f, -0x1.812740p-2f));
  const vr small = v_fma(q, a, a);
  const vr p =
      V(poly8)(a, u, 0x1.62d956p-13f, -0x1.212626p0f, -0x1.444d26p-1f, -0x1.bb44dap-4f,
               0x1.9aea1ep-6f, -0x1.105f2ep-8f, 0x1.c44c04p-12f, -0x1.5d5b9cp-16f);
  const vr large = v_set(1) - V(exp)(p);
  return v_copysign(v_select((vi)(a < v_set(0.9f)), small, large), x);
}

// The normal distribution's upper tail 1 - Phi(a), for a >= 0, relatively accurate.
INLINE vr V(normal_tail)(vr a) {
  a = v_min(v_set(14.5f), a);
  const vr t = (a - v_set(3)) / (a + v_set(3));
  const vr p = V(poly8_and)(t, t * t, PAIR(t, 0x1.e4b192p-14f, 0x1.c26168p-15f), 0x1.f1b89cp-4f,
                            -0x1.a6b66ap-3f, 0x1.f8baccp-4f, -0x1.7a9464p-5f, 0x1.91e06ap-8f,
                            0x1.7cb99ep-9f, -0x1.01eb70p-10f, -0x1.6426d6p-12f);
  const vr h = a * a, low = v_fma(a, a, -h);
  return p * V(exp_parts)(h * v_set(-0.5f), low * v_set(-0.5f), 0);
}

// sin and cos of |x| <= 1e5 are reduced by three parts of pi/2; beyond, lane by lane, exactly.
INLINE vr V(reduce)(vr a, vi *quadrant) {
  const vr z = v_fma(a, v_set(0x1.45f306p-1f), v_set(ROUNDING));
  const vr j = z - v_set(ROUNDING);
  vr r = v_fnma(j, v_set(0x1.921fb6p0f), a);
  r = v_fnma(j, v_set(-0x1.777a5cp-25f), r);
  r = v_fnma(j, v_set(-0x1.ee59dap-50f), r);
  vi q = (vi)z - ROUNDING_BITS;
  const vi far = (vi)(a > v_set(1e5f));
  ireal any = 0;
  for (int i = 0; i < CK_LANES; i++) any |= far[i];
  if (__builtin_expect(any != 0, 0)) {
    for (int i = 0; i < CK_LANES; i++) {
      if (!far[i]) continue;
      int32_t n;
      r[i] = ck_reduce_angle(a[i], &n);
      q[i] = n;
    }
  }
  *quadrant = q;
  return r;
}

INLINE vr V(sin_or_cos)(vr r, vi cosine) {
  const vr u = r * r;
  vr s = v_fma(v_set(-0x1.9955acp-13f), u * u, PAIR(u, -0x1.555546p-3f, 0x1.11077cp-7f));
  s = v_fma(s, u * r, r);
  vr c = v_fma(v_set(0x1.99e0ecp-16f), u * u, PAIR(u, 0x1.55554ap-5f, -0x1.6c0c1ap-10f));
  c = v_fma(c, u * u, v_fnma(u, v_set(0.5f), v_set(1)));
  return v_select(cosine, c, s);
}

// At most 2.5 ulp for every finite argument; NaN of infinity.
INLINE vr V(sin)(vr x) {
  vi q;
  const vr r = V(reduce)(v_abs(x), &q);
  const vr y = V(sin_or_cos)(r, -(q & 1));
  return (vr)((vi)y ^ v_sign(x) ^ ((q & 2) << 30));
}
INLINE vr V(cos)(vr x) {
  vi q;
  const vr r = V(reduce)(v_abs(x), &q);
  const vr y = V(sin_or_cos)(r, (q & 1) - 1);
  return (vr)((vi)y ^ (((q + 1) & 2) << 30));
}

// Rounded from double: rare in networks, and exact to half a unit.
#define BY_LANES(NAME, DOUBLE)                                              \
  INLINE vr V(NAME)(vr x) {                                                 \
    vr y;                                                                   \
    for (int i = 0; i < CK_LANES; i++) y[i] = (real)DOUBLE((double)x[i]);   \
    return y;                                                               \
  }
BY_LANES(atan, ck_atan)
BY_LANES(asinh, ck_asinh)
INLINE vr V(pow)(vr x, vr y) {
  vr z;
  for (int i = 0; i < CK_LANES; i++) z[i] = (real)ck_pow((double)x[i], (double)y[i]);
  return z;
}

// x Phi(x).
INLINE vr V(gelu)(vr x) {
  const vr tail = V(normal_tail)(v_abs(x)), c = v_max(v_set(-200), x);
  return v_select((vi)(x > (vr){0}), v_fnma(x, tail, x), c * tail);
}
// Phi(x) + x phi(x).
INLINE vr V(gelu_slope)(vr x) {
  const vr a = v_min(v_set(14.5f), v_abs(x)), tail = V(normal_tail)(a);
  const vr phi = v_set(0x1.988454p-2f) * V(exp)(a * a * v_set(-0.5f));
  const vr below = v_select((vi)(x > (vr){0}), v_set(1) - tail, tail);
  return v_fma(v_copysign(a, x), phi, below) + (x - x);
}
