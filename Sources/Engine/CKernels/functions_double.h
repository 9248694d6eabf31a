// Elementary functions of a vector of doubles, lane by lane (`functions_double.c`).
#define BY_LANES(NAME, DOUBLE)                                       \
  INLINE vr V(NAME)(vr x) {                                          \
    vr y;                                                            \
    for (int i = 0; i < CK_LANES; i++) y[i] = DOUBLE(x[i]);          \
    return y;                                                        \
  }
INLINE double V(sigmoid_of)(double x) {
  const double z = ck_exp(x < 0 ? x : -x);
  return (x < 0 ? z : 1) / (1 + z);
}
INLINE double V(softplus_of)(double x) {
  return (x > 0 ? x : x != x ? x : 0) + ck_log1p(ck_exp(x < 0 ? x : -x));
}
INLINE double V(gelu_of)(double x) {
  const double c = x < -200 ? -200 : x;
  return 0.5 * c * ck_erfc(-c * 0.70710678118654752440);
}
INLINE double V(gelu_slope_of)(double x) {
  const double c = x < -200 ? -200 : x > 200 ? 200 : x;
  return 0.5 * ck_erfc(-c * 0.70710678118654752440) +
         c * (0.39894228040143267794 * ck_exp(-0.5 * c * c));
}
// x - tanh(x): its series near zero, where the difference cancels.
INLINE double V(tanh_shrink_of)(double x) {
  if (!(x < 0.25 && x > -0.25)) return x - ck_tanh(x);
  static const double terms[] = {0x1.5555555555555p-2,
    -0x1.1111111111111p-3,
    0x1.ba1ba1ba1ba1cp-5,
    -0x1.664f4882c10fap-6,
    0x1.226e355e6c23dp-7,
    -0x1.d6d3d0e157de0p-9,
    0x1.7da36452b75e3p-10,
    -0x1.3558248036744p-11,
    0x1.f57d7734d1664p-13,
    -0x1.967e18afcafadp-14,
    0x1.497d8eea25259p-15,
    -0x1.0b132d39a6050p-16};
  const double u = x * x;
  double p = 0;
  for (int i = (int)(sizeof terms / sizeof terms[0]) - 1; i >= 0; i--) p = p * u + terms[i];
  return x * u * p;
}
BY_LANES(tanh_shrink, V(tanh_shrink_of))
BY_LANES(exp, ck_exp)
BY_LANES(expm1, ck_expm1)
BY_LANES(log, ck_log)
BY_LANES(log1p, ck_log1p)
BY_LANES(tanh, ck_tanh)
BY_LANES(erf, ck_erf)
BY_LANES(sin, ck_sin)
BY_LANES(cos, ck_cos)
BY_LANES(atan, ck_atan)
BY_LANES(asinh, ck_asinh)
BY_LANES(sigmoid, V(sigmoid_of))
BY_LANES(softplus, V(softplus_of))
BY_LANES(gelu, V(gelu_of))
BY_LANES(gelu_slope, V(gelu_slope_of))
INLINE vr V(pow)(vr x, vr y) {
  vr z;
  for (int i = 0; i < CK_LANES; i++) z[i] = ck_pow(x[i], y[i]);
  return z;
}

INLINE vr V(times_sigmoid)(vr x, vr z) { return x * V(sigmoid)(z); }

INLINE vr V(gaussian)(vr x) { return V(exp)(-x * x); }
INLINE vr V(silu_slope)(vr z) {
  const vr c = v_max(v_set(-1000), v_min(v_set(1000), z));
  return V(sigmoid)(z) * (c * V(sigmoid)(-z) + v_set(1));
}
INLINE vr V(mish)(vr x) {
  const vr e = V(exp)(v_min(v_set(20), x)), n = e * (e + v_set(2));
  return v_max(v_set(-200), x) * (n / (n + v_set(2)));
}
INLINE vr V(mish_slope)(vr x) {
  const vr c = v_min(v_set(20), v_max(v_set(-200), x));
  const vr e = V(exp)(c), n = e * (e + v_set(2)), t = n / (n + v_set(2));
  return c * (v_set(1) - t * t) * (e / (v_set(1) + e)) + t;
}
INLINE vr V(gelu_tanh_inner)(vr x) {  // twice the argument of tanh
  return v_set(1.5957691216057307) * x * (v_set(0.044715) * x * x + v_set(1));
}
INLINE vr V(gelu_tanh)(vr x) {
  const vr c = v_max(v_set(-100), x);
  return V(times_sigmoid)(c, V(gelu_tanh_inner)(c));
}
INLINE vr V(gelu_tanh_slope)(vr x) {
  const vr z = V(gelu_tanh_inner)(x), s = V(sigmoid)(z);
  const vr inner = v_set(1.5957691216057307) * (v_set(0.134145) * x * x + v_set(1));
  return s * (x * V(sigmoid)(-z) * inner + v_set(1));
}
