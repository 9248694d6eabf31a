// Activations and their derivatives that are more than one elementary function.

// x sigmoid(z) = x / (1 + exp(-z)). At most 2.5 ulp in x and z.
INLINE vr V(times_sigmoid)(vr x, vr z) {
  const V(power) e = V(exp_split)(v_max(v_set(-87), v_min(v_set(87), -z)));
  return V(or_exp_far)(x / v_fma(e.s, e.t, e.s + v_set(1)), z, x);
}

// sigmoid(x) and sigmoid(-x), each relatively accurate, from exp(-|x|).
typedef struct {
  vr up, down;
} V(pair);
INLINE V(pair) V(sigmoids)(vr x) {
  const V(power) p = V(decay_split)(x);
  const vr e = v_fma(p.s, p.t, p.s), large = v_set(1) / (v_set(1) + e), small = e * large;
  const vi negative = (vi)x >> 31;
  const V(pair) s = {v_select(negative, small, large), v_select(negative, large, small)};
  return s;
}
// The derivative of x sigmoid(a x), where z = a x.
INLINE vr V(silu_slope)(vr z) {
  const V(pair) s = V(sigmoids)(z);
  const vr c = v_max(v_set(-1000), v_min(v_set(1000), z));
  return s.up * v_fma(c, s.down, v_set(1));
}

// x tanh(softplus(x)) = x n / (n + 2) with n = e (e + 2), e = exp(x).
INLINE V(power) V(mish_split)(vr x) { return V(exp_split)(v_max(v_set(-87), v_min(v_set(20), x))); }
INLINE vr V(mish)(vr x) {
  const V(power) p = V(mish_split)(x);
  const vr e = v_fma(p.s, p.t, p.s), n = v_fma(e, e, e + e), c = v_max(v_set(-200), x);
  return V(or_exp_far)(c * (n / (n + v_set(2))), x, c);
}
// (n + 4 x e (1 + e) / (n + 2)) / (n + 2)
INLINE vr V(mish_slope)(vr x) {
  const V(power) p = V(mish_split)(x);
  const vr e = v_fma(p.s, p.t, p.s), n = v_fma(e, e, e + e), q = v_set(1) / (n + v_set(2));
  const vr c = v_max(v_set(-200), v_min(v_set(20), x));
  return q * v_fma((c * v_set(4)) * q, v_fma(e, e, e), n);
}

// Twice the argument of gelu's tanh, so that gelu_tanh(x) = x sigmoid(inner).
INLINE vr V(gelu_tanh_inner)(vr x) {
  return v_set(0x1.988454p0f) * x * v_fma(v_set(0x1.6e4e26p-5f) * x, x, v_set(1));
}
INLINE vr V(gelu_tanh)(vr x) {
  const V(power) e = V(exp_split)(v_max(v_set(-87), v_min(v_set(87), -V(gelu_tanh_inner)(x))));
  const vr y = x / v_fma(e.s, e.t, e.s + v_set(1));
  if (UNLIKELY(v_any((vi)(x < v_set(-8))))) {
    const vr c = v_max(v_set(-100), x);
    return V(or_exp_far)(v_select((vi)(x < v_set(-8)), c / v_fma(e.s, e.t, e.s + v_set(1)), y), V(gelu_tanh_inner)(c), c);
  }
  return y;
}
INLINE vr V(gelu_tanh_slope)(vr x) {
  const V(pair) s = V(sigmoids)(V(gelu_tanh_inner)(x));
  const vr inner = v_set(0x1.988454p0f) * v_fma(v_set(0x1.12ba9cp-3f) * x, x, v_set(1));
  return s.up * v_fma(x * s.down, inner, v_set(1));
}

// exp(c x^2) for c = -1/2 or -1 and c x^2 >= -87. The square's lower half counts, because it is an
// exponent: it is exact within the fused step, as is n LN2_HIGH.
INLINE V(power) V(square_split)(vr x, float c, float limit) {
  const vr a = v_min(v_set(limit), v_abs(x));
  const vr z = v_fma(a * a, v_set(0x1.715476p0f * c), v_set(BIASED)), n = z - v_set(BIASED);
  const vr r = v_fma(a * v_set(c), a, n * v_set(-LN2_HIGH));
  return V(power_of)(z, v_fnma(n, v_set(LN2_LOW), r));
}
// The same for any x, times `factor`.
static COLD vr V(square_far)(vr x, float c, float limit, vr factor) {
  const vr a = v_min(v_set(limit), v_abs(x)), h = a * a;
  return V(exp_far)(h * v_set(c), v_fma(a, a, -h) * v_set(c), factor);
}
INLINE V(power) V(normal_split)(vr x) { return V(square_split)(x, -0.5f, 13); }
// (1 - Phi(a)) / exp(-a^2 / 2) for 0 <= a <= 14.5, by a polynomial in t = (a - c) / (a + c) over
// a + c, relative error 2^-26; c is such that the first coefficient is nearly a float.
INLINE vr V(normal_ratio)(vr a) {
  // t = 2 a / (a + c) - 1, most accurate near zero, where the polynomial is steep.
  const vr q = v_set(1) / (a + v_set(3.171875f)), t = v_fma(a + a, q, v_set(-1));
  const vr p = POLY(t, 0x1.7850b2p-1f, -0x1.0fa230p-1f, 0x1.0b3290p-2f, -0x1.1f7974p-4f,
                    -0x1.923614p-9f, 0x1.0c7612p-7f, -0x1.e110aep-12f, -0x1.1ed812p-10f,
                    0x1.10fde4p-15f, 0x1.dae7d6p-14f);
  return p * q;
}
// x Phi(x): x less x times the tail, or -|x| times the tail.
INLINE vr V(gelu)(vr x) {
  const V(power) e = V(normal_split)(x);
  const vr a = v_abs(x), p = V(normal_ratio)(v_min(v_set(14.5f), a)), q = p * e.s;
  const vr c = v_min(v_set(200), a), y = v_fnma(c, v_fma(q, e.t, q), v_max((vr){0}, x));
  const vi far = (vi)(x < v_set(-13));
  if (UNLIKELY(v_any(far))) return v_select(far, V(square_far)(x, -0.5f, 15.25f, -c * p), y);
  return y;
}
// exp(-x^2)
INLINE V(power) V(gaussian_split)(vr x) { return V(square_split)(x, -1, 9.25f); }
INLINE vr V(gaussian)(vr x) {
  const V(power) e = V(gaussian_split)(x);
  const vi far = (vi)(v_abs(x) > v_set(9.25f));
  vr y = v_fma(e.s, e.t, e.s);
  if (UNLIKELY(v_any(far))) y = v_select(far, V(square_far)(x, -1, 10.75f, v_set(1)), y);
  return y;
}
// Phi(x) + x phi(x).
INLINE vr V(gelu_slope)(vr x) {
  const V(power) e = V(normal_split)(x);
  const vr a = v_min(v_set(13), v_abs(x)), g = v_fma(e.s, e.t, e.s), tail = V(normal_ratio)(a) * g;
  const vr below = v_select((vi)(x > (vr){0}), v_set(1) - tail, tail);
  return v_fma(v_copysign(a, x), v_set(0x1.988454p-2f) * g, below);
}
