// Elementary functions of a vector of floats: range reduction, one polynomial, fused multiply-adds.
//
// The polynomials minimise the greatest relative error of the function on the reduced range. The
// bounds named are those that the tests hold the functions to, over all floats tested, in units in
// the last place. NaN gives NaN; zeros keep their sign where the function is odd.

enum { ROUNDING_BITS = 0x4B400000 };
// Added and subtracted, it rounds to a whole number, whose bits are then the low bits of the sum.
#define ROUNDING 0x1.8p23f
// The same, so that those bits are the exponent of 2^n.
#define BIASED (0x1.8p23f + 127)
#define LN2_HIGH 0x1.62e4p-1f  // 16 bits: a multiple by an exponent is exact
#define LN2_LOW 0x1.7f7d1cp-20f

// c0 + c1 x + ...
INLINE vr V(poly)(vr x, int count, const float *c) {
  vr p = v_set(c[count - 1]);
  UNROLL for (int i = count - 2; i >= 0; i--) p = v_fma(p, x, v_set(c[i]));
  return p;
}
#define POLY(X, ...) \
  V(poly)(X, sizeof((const float[]){__VA_ARGS__}) / sizeof(float), (const float[]){__VA_ARGS__})

// exp(r) - 1 - r over r^2, |r| <= ln 2 / 2; relative error of exp 2^-27.
INLINE vr V(exp_tail)(vr r) {
  return POLY(r, 0.5f, 0x1.55549p-3f, 0x1.5554bep-5f, 0x1.123b18p-7f, 0x1.6d7ca6p-10f);
}

// exp(x) = s (1 + t) with s = 2^n and t = exp(x - n ln 2) - 1. Many functions need the two apart:
// the sum would be rounded, the parts can be added to larger numbers first.
typedef struct {
  vr s, t;
} V(power);

// From `z`, which holds n beside BIASED, and r = x - n ln 2.
INLINE V(power) V(power_of)(vr z, vr r) {
  const V(power) e = {(vr)((vi)z << 23), v_fma(V(exp_tail)(r), r * r, r)};
  return e;
}

// For |x| <= 87.
INLINE V(power) V(exp_split)(vr x) {
  const vr z = v_fma(x, v_set(0x1.715476p0f), v_set(BIASED)), n = z - v_set(BIASED);
  return V(power_of)(z, v_fnma(n, v_set(LN2_LOW), v_fnma(n, v_set(LN2_HIGH), x)));
}

// factor exp(x + low) for any x, through infinity, the subnormals and NaN.
static COLD vr V(exp_far)(vr x, vr low, vr factor) {
  x = v_max(v_set(-115.0f), v_min(v_set(89.0f), x));
  const vr z = v_fma(x, v_set(0x1.715476p0f), v_set(ROUNDING)), n = z - v_set(ROUNDING);
  const vr r = v_fnma(n, v_set(LN2_LOW), v_fnma(n, v_set(LN2_HIGH), x)) + low;
  const vr p = v_set(1) + v_fma(V(exp_tail)(r), r * r, r);
  // In two steps, so that the largest and the subnormal results are rounded once.
  const vi k = (vi)z - ROUNDING_BITS, half = k >> 1;
  return p * factor * (vr)((half + 127) << 23) * (vr)((k - half + 127) << 23);
}

// At most 1.5 ulp. Overflows to infinity, and to 0 through the subnormals.
INLINE vr V(exp)(vr x) {
  if (UNLIKELY(!v_all((vi)(v_abs(x) <= v_set(87))))) return V(exp_far)(x, (vr){0}, v_set(1));
  const vr z = v_fma(x, v_set(0x1.715476p0f), v_set(ROUNDING)), n = z - v_set(ROUNDING);
  const vr r = v_fnma(n, v_set(LN2_LOW), v_fnma(n, v_set(LN2_HIGH), x));
  const vr p = v_set(1) + v_fma(V(exp_tail)(r), r * r, r);
  return (vr)((vi)p + ((vi)z << 23));
}
// For lanes below -87, where a function has become exp(x) times `factor`; `y` elsewhere.
INLINE vr V(or_exp_far)(vr y, vr x, vr factor) {
  const vi far = (vi)(x < v_set(-87));
  if (UNLIKELY(v_any(far))) y = v_select(far, V(exp_far)(x, (vr){0}, factor), y);
  return y;
}

// At most 2.5 ulp.
INLINE vr V(expm1)(vr x) {
  const vr c = v_max(v_set(-30.0f), v_min(v_set(89.0f), x));
  const vr z = v_fma(c, v_set(0x1.715476p0f), v_set(BIASED - 1)), n = z - v_set(BIASED - 1);
  const vr r = v_fnma(n, v_set(LN2_LOW), v_fnma(n, v_set(LN2_HIGH), c));
  const vr tail = POLY(r, 0.5f, 0x1.555556p-3f, 0x1.5554f6p-5f, 0x1.111004p-7f, 0x1.6d3cecp-10f,
                       0x1.a242fep-13f);
  const vr p = v_fma(tail, r * r, r);
  const vr s = (vr)((vi)z << 23);  // half of 2^n, which may be 2^128
  const vr y = v_fma(s, p, s - v_set(0.5f));
  return v_copysign(y + y, x);
}

// log(1 + f) + e ln 2 for 1 + f in [sqrt(1/2), sqrt(2)].
INLINE vr V(log_core)(vr f, vr e) {
  const vr p = POLY(f, -0.5f, 0x1.55554ap-2f, -0x1.00022p-2f, 0x1.99a5a6p-3f, -0x1.547882p-3f,
                    0x1.226d8ap-3f, -0x1.0ce0aep-3f, 0x1.07d3b6p-3f, -0x1.41ee52p-4f);
  const vr w = v_fma(f * f, p, e * v_set(LN2_LOW));
  return v_fma(e, v_set(LN2_HIGH), f + w);
}

// The whole number e with x / 2^e in [sqrt(1/2), sqrt(2)), for normal x > 0.
INLINE vi V(exponent)(vr x) { return ((vi)x - 0x3f3504f3) >> 23; }

INLINE vr V(log_normal)(vr x, vr e) {
  const vi k = V(exponent)(x);
  return V(log_core)((vr)((vi)x - (k << 23)) - v_set(1), __builtin_convertvector(k, vr) + e);
}
static COLD vr V(log_far)(vr x) {
  const vi small = (vi)(x < v_set(0x1p-126f));
  vr y = V(log_normal)(v_select(small, x * v_set(0x1p23f), x), v_where(small, v_set(-23)));
  y = v_select((vi)(x < v_set(INFINITY)), y, x);
  y = v_select((vi)(x == (vr){0}), v_set(-INFINITY), y);
  return v_select((vi)(x < (vr){0}), v_set(NAN), y);
}
// At most 1.5 ulp. log(0) is -infinity, of a negative NaN.
INLINE vr V(log)(vr x) {
  const vi normal = (vi)(x >= v_set(0x1p-126f)) & (vi)(x < v_set(INFINITY));
  if (UNLIKELY(!v_all(normal))) return V(log_far)(x);
  return V(log_normal)(x, (vr){0});
}

// log(1 + x) for -1 < x <= 2^100.
INLINE vr V(log1p_near)(vr x) {
  const vr u = v_set(1) + x;
  // What rounding took from u: exact, as the larger of 1 and x is subtracted first.
  const vi large = (vi)(v_abs(x) > v_set(1));
  const vr c = v_select(large, v_set(1) - (u - x), x - (u - v_set(1)));
  const vi k = V(exponent)(u);
  const vr scale = (vr)(v_set_i(0x3f800000) - (k << 23));
  const vr f = v_fma(c, scale, (vr)((vi)u - (k << 23)) - v_set(1));
  return v_copysign(V(log_core)(f, __builtin_convertvector(k, vr)), x);
}
static COLD vr V(log1p_far)(vr x) {
  vr y = V(log1p_near)(v_min(v_set(0x1p100f), x));
  y = v_select((vi)(x > v_set(0x1p100f)), V(log)(x), y);
  y = v_select((vi)(x == v_set(-1)), v_set(-INFINITY), y);
  return v_select((vi)(x < v_set(-1)), v_set(NAN), y);
}
// At most 2.5 ulp.
INLINE vr V(log1p)(vr x) {
  const vi near = (vi)(x > v_set(-1)) & (vi)(x <= v_set(0x1p100f));
  if (UNLIKELY(!v_all(near))) return V(log1p_far)(x);
  return V(log1p_near)(x);
}
// log(1 + z) for 0 <= z <= 1 by one polynomial, relative error 2^-27.5: no exponent to take apart.
INLINE vr V(log1p_of_unit)(vr z) {
  const vr p = POLY(z, -0x1.ffffd2p-2f, 0x1.554dd4p-2f, -0x1.ff249ep-3f, 0x1.93510cp-3f,
                    -0x1.3a597ap-3f, 0x1.b50b32p-4f, -0x1.d78b46p-5f, 0x1.4a24ap-6f,
                    -0x1.b1650ep-9f);
  return v_fma(p, z * z, z);
}

// (1 + exp(2 |x|)) / 2 = 1 / (1 - tanh |x|) up to 9.1, where tanh is 1 in float; `c` are the
// coefficients of 2^f. One part of ln 2 is enough, because where n is large the result is large.
INLINE vr V(tanh_divisor)(vr x, int count, const float *c) {
  const vr a = v_min(v_set(9.1f), v_abs(x));
  const vr z = v_fma(a, v_set(0x1.715476p1f), v_set(BIASED - 1)), n = z - v_set(BIASED - 1);
  const vr p = V(poly)(v_fma(a, v_set(0x1.715476p1f), -n), count, c);
  return v_fma(p, (vr)((vi)z << 23), v_set(0.5f));
}
// At most 1.5 ulp: b - b^3 / D with b = x cut to +-1. D is the greater of two. One is
// a^3 / (a - tanh a), a polynomial in b^2 (relative error of tanh 2^-28), which stays 1 / (1 - tanh 1)
// from 1 on; the other is 1 / (1 - tanh a), which is less than the first below 1. As only a quarter
// of an error there is one of the result, a short polynomial (2^-23) is enough.
INLINE vr V(tanh)(vr x) {
  static const float c[] = {1, 0x1.62e42ap-1f, 0x1.ebf9c2p-3f, 0x1.c6b6d8p-5f, 0x1.3ce8acp-7f,
                            0x1.5bda42p-10f};
  const vr large = V(tanh_divisor)(x, 6, c);
  // minus b^2, and +0 for zeros, so that -0 stays.
  const vr b = v_max(v_set(-1), v_min(v_set(1), x)), u = v_fnma(b, b, (vr){0});
  const vr small = POLY(u, 0x1.800006p+1f, -0x1.3332bap+0f, -0x1.750566p-8f, -0x1.dad2a2p-13f);
  return v_fma(b, u / v_max(large, small), b);
}
// At most 2.5 ulp: x - tanh(x), (x - b) + b^3 / D with the same b and a D of greater accuracy.
INLINE vr V(tanh_shrink)(vr x) {
  static const float c[] = {1, 0x1.62e430p-1f, 0x1.ebfbdcp-3f, 0x1.c6af7cp-5f, 0x1.3b2de0p-7f,
                            0x1.5f082ep-10f, 0x1.416b5ap-13f};
  const vr large = V(tanh_divisor)(x, 7, c);
  const vr b = v_max(v_set(-1), v_min(v_set(1), x)), u = b * b;
  const vr small = POLY(u, 3, 0x1.333332p+0f, -0x1.7674d6p-8f, 0x1.08de34p-12f, -0x1.67e940p-17f);
  return v_copysign(v_fma(b, u / v_max(large, small), x - b), x);
}

// exp(-|x|), for functions that are even or odd but for a simple term.
INLINE V(power) V(decay_split)(vr x) {
  return V(exp_split)(v_max(v_set(-87), (vr)((vi)x | (vi)v_set(-0.0f))));
}

// At most 1.5 ulp: q = 1 / (1 + exp(|x|)) where x is negative, else 1 - q. What rounding took from
// the sum is put back, because q is the result there.
INLINE vr V(sigmoid)(vr x) {
  const V(power) p = V(exp_split)(v_min(v_set(87), v_abs(x)));
  const vr d = v_fma(p.s, p.t, p.s + v_set(1)), q = v_set(1) / d;
  const vr lost = v_fma(p.s, p.t, p.s - d) + v_set(1);
  const vr y = v_select((vi)x >> 31, v_fnma(q * lost, q, q), v_set(1) - q);
  return V(or_exp_far)(y, x, v_set(1));
}

// log(1 + exp(x)). At most 2.5 ulp.
INLINE vr V(softplus)(vr x) {
  const V(power) e = V(decay_split)(x);
  const vr y = v_max((vr){0}, x) + V(log1p_of_unit)(v_fma(e.s, e.t, e.s));
  return V(or_exp_far)(y, x, v_set(1));
}

// At most 2.5 ulp: 1 - exp(p(x)) beyond 0.9, and a polynomial below.
INLINE vr V(erf)(vr x) {
  const vr c = v_min(v_set(4.0f), v_abs(x));
  const V(power) e = V(exp_split)(POLY(c, 0x1.62d956p-13f, -0x1.212626p0f, -0x1.444d26p-1f,
                                       -0x1.bb44dap-4f, 0x1.9aea1ep-6f, -0x1.105f2ep-8f,
                                       0x1.c44c04p-12f, -0x1.5d5b9cp-16f));
  const vr large = v_fnma(e.s, e.t, v_set(1) - e.s), a = v_abs(x);
  const vr q = POLY(a * a, 0x1.06eba8p-3f, -0x1.812740p-2f, 0x1.ce2d5cp-4f, -0x1.b7ffbcp-6f,
                    0x1.543660p-8f, -0x1.a52348p-11f, 0x1.4bb582p-14f);
  return v_copysign(v_select((vi)(a >= v_set(0.9f)), large, v_fma(q, a, a)), x);
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
  if (UNLIKELY(v_any(far))) {
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
  const vr s = v_fma(POLY(u, -0x1.555546p-3f, 0x1.11077cp-7f, -0x1.9955acp-13f), u * r, r);
  const vr c = POLY(u, 1, -0.5f, 0x1.55554ap-5f, -0x1.6c0c1ap-10f, 0x1.99e0ecp-16f);
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

// At most 2.5 ulp: a polynomial up to 1 (relative error 2^-28), and pi/2 - atan(1/x) beyond.
INLINE vr V(atan)(vr x) {
  const vr a = v_abs(x);
  const vi far = (vi)(a > v_set(1));
  const vr t = v_select(far, v_set(-1), a) / v_select(far, a, v_set(1)), u = t * t;
  const vr p = POLY(u, -0x1.55553ep-2f, 0x1.9991e6p-3f, -0x1.2420b6p-3f, 0x1.c08f64p-4f,
                    -0x1.58155ep-4f, 0x1.da5ed4p-5f, -0x1.fdfc1cp-6f, 0x1.64c1cep-7f,
                    -0x1.d4984ap-10f);
  const vr y = v_fma(p, u * t, t);
  return v_copysign(v_where(far, v_set(0x1.921fb6p0f)) + (y - v_where(far, v_set(0x1.777a5cp-25f))), x);
}

// What needs more than float carries: doubles, by plain arithmetic, rounded to float at the end.
typedef double vd __attribute__((vector_size(CK_LANES * sizeof(double))));
typedef int64_t vl __attribute__((vector_size(CK_LANES * sizeof(double))));
INLINE vd V(twice)(vr x) { return __builtin_convertvector(x, vd); }
INLINE vr V(once)(vd x) { return __builtin_convertvector(x, vr); }
INLINE vd V(select_twice)(vl mask, vd a, vd b) { return (vd)(((vl)a & mask) | ((vl)b & ~mask)); }
INLINE vd V(set_twice)(double x) { return x - (vd){0}; }
INLINE vd V(sqrt_twice)(vd x) {
#if defined(__clang__)
  return __builtin_elementwise_sqrt(x);
#else
  for (int i = 0; i < CK_LANES; i++) x[i] = __builtin_sqrt(x[i]);
  return x;
#endif
}

// log2(x) of a normal x > 0: exponent and 2 atanh(s) / ln 2 with s = (m - 1) / (m + 1), whose series
// in s^2 ends at a relative error of 2^-45.
INLINE vd V(log2_twice)(vd x) {
  const vl k = ((vl)x - 0x3fe6a09e667f3bcd) >> 52;
  const vd m = (vd)((vl)x - (k << 52)), s = (m - 1) / (m + 1), u = s * s;
  vd p = u * 0x1.21b26c2d43fc2p-2 + 0x1.47953d2cc8208p-2;
  p = p * u + 0x1.a61a2f5951985p-2;
  p = p * u + 0x1.2776c29298b03p-1;
  p = p * u + 0x1.ec709dc53ced9p-1;
  p = p * u + 0x1.71547652b8251p+1;
  // k as a double: added to the bits of a number whose last place is 1.
  return p * s + ((vd)((vl)V(set_twice)(0x1.8p52) + k) - 0x1.8p52);
}
// 2^x for |x| <= 200, relative error 2^-34.
INLINE vd V(exp2_twice)(vd x) {
  const vd z = x + 0x1.8p52, f = x - (z - 0x1.8p52);
  vd p = f * 0x1.fe177ba20edb1p-17 + 0x1.446a1fd2628fdp-13;
  p = p * f + 0x1.5d8a708f73b9bp-10;
  p = p * f + 0x1.3b29dc40e2a38p-7;
  p = p * f + 0x1.c6b08aaf27e06p-5;
  p = p * f + 0x1.ebfbe0a4be6fdp-3;
  p = p * f + 0x1.62e42ff1162c0p-1;
  p = p * f + 0x1.ffffffffabbcfp-1;
  return (vd)((vl)p + ((vl)z << 52));
}

// At most 1 ulp. A negative x has a power where y is whole; zeros, infinities, NaN and subnormal x
// are looked up lane by lane.
INLINE vr V(pow)(vr x, vr y) {
  const vr a = v_abs(x), size = v_abs(y);
  const vi plain = (vi)(a >= v_set(0x1p-126f)) & (vi)(a < v_set(INFINITY)) & (vi)(size < v_set(INFINITY));
  const vd exponent = V(twice)(y), power = exponent * V(log2_twice)(V(twice)(v_select(plain, a, v_set(1))));
  const vd limit = V(set_twice)(200);
  vr z = V(once)(V(exp2_twice)(V(select_twice)(power > limit, limit, V(select_twice)(power < -limit, -limit, power))));
  if (UNLIKELY(!v_all(plain & (vi)(x > (vr){0})))) {
    for (int i = 0; i < CK_LANES; i++) {
      const int whole = size[i] >= 0x1p23f || (float)(int32_t)y[i] == y[i];
      const int odd = size[i] < 0x1p24f && whole && ((int32_t)y[i] & 1);
      if (!plain[i]) z[i] = (float)ck_pow((double)x[i], (double)y[i]);
      else if (x[i] < 0) z[i] = whole ? (odd ? -z[i] : z[i]) : (float)NAN;
    }
  }
  return z;
}

// At most 1 ulp: log(|x| + sqrt(x^2 + 1)) in doubles, and x - x^3/6 below 2^-9, where that cancels.
INLINE vr V(asinh)(vr x) {
  const vr a = v_abs(x), u = x * x;
  const vd w = V(twice)(v_select((vi)(a < v_set(INFINITY)), a, v_set(1)));
  const vd y = V(log2_twice)(w + V(sqrt_twice)(w * w + 1)) * 0x1.62e42fefa39efp-1;
  const vr z = v_copysign(V(once)(y), x);
  const vr small = v_copysign(v_fma(u * x, v_set(-0x1.555556p-3f), x), x);
  return v_select((vi)(a < v_set(0x1p-9f)), small, v_select((vi)(a < v_set(INFINITY)), z, x));
}
