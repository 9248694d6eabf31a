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

// x tanh(softplus(x)) = x n / (n + 2) with n = e (e + 2), e = exp(x). At most 4 ulp; with x and what
// is lost of it apart 3, at 1.6 times the time (measured).
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

// gelu with tanh is x sigmoid(z), z = 2 sqrt(2/pi) (x + 0.044715 x^3).
INLINE vr V(gelu_tanh_inner)(vr x) {
  return v_set(0x1.988454p0f) * x * v_fma(v_set(0x1.6e4e26p-5f) * x, x, v_set(1));
}
// Below -10, where exp(z) alone counts and the result becomes subnormal: in doubles.
static COLD vr V(gelu_tanh_far)(vr x) {
  const vd c = V(twice)(v_max(v_set(-12), v_min(v_set(0), x)));
  return V(once)(c * V(exp2_twice)(c * (c * c * 0x1.a5a7cf7572a98p-4 + 0x1.26aec21bce759p+1)));
}
// At most 2.5 ulp: x / (1 + 2^-y) with y = x w, w = k1 + k3 x^2. An error of y is one of the result
// where x is negative, so w is kept in two parts: what rounding took from its sum, from x^2 and from
// k1 and k3 is the second. k1 has few enough bits that its difference from w is exact.
INLINE vr V(gelu_tanh)(vr x) {
  const vr c = v_max(v_set(-10), v_min(v_set(10), x)), u = c * c;
  const vr w = v_fma(u, v_set(0x1.a5a7dp-4f), v_set(0x1.26aecp1f));
  const vr product = v_fma(u, v_set(0x1.a5a7dp-4f), v_set(0x1.26aecp1f) - w);
  const vr rest = v_fma(v_fma(c, c, -u), v_set(0x1.a5a7dp-4f),
                        v_fma(u, v_set(-0x1.151aaep-29f), v_set(0x1.0de73ap-22f)));
  const vr z = v_fnma(c, w, v_set(BIASED)), n = z - v_set(BIASED);
  const vr f = v_fnma(c, product + rest, v_fnma(c, w, -n));
  const vr p = POLY(f, 0x1.62e430p-1f, 0x1.ebfbdcp-3f, 0x1.c6af7cp-5f, 0x1.3b2de0p-7f,
                    0x1.5f082ep-10f, 0x1.416b5ap-13f);
  const vr s = (vr)((vi)z << 23), y = x / v_fma(s * f, p, s + v_set(1));
  const vi far = (vi)(x < v_set(-10));
  if (UNLIKELY(v_any(far))) return v_select(far, V(gelu_tanh_far)(x), y);
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
// (1 - Phi(a)) / exp(-a^2 / 2) for 0 <= a <= 13.3, as a quotient: (p + M / D) / (a + 2) with p the
// limit of the first factor, relative error 2^-26. D is in both, so that its rounding nearly cancels;
// it starts at 1.66, because a number just above 1 is rounded most, relatively.
typedef struct {
  vr numerator, denominator;
} V(ratio);
INLINE V(ratio) V(normal_ratio)(vr a) {
  const vr d = POLY(a, 1.65625f, 0x1.feb3c8p+0f, 0x1.122e76p+0f, 0x1.2a29cep-2f, 0x1.3f0ab2p-5f);
  const vr m = POLY(a, 0x1.fdb254p-1f, 0x1.6950d6p-1f, 0x1.bc2b24p-3f, 0x1.fd12cep-6f);
  const V(ratio) r = {v_fma(d, v_set(0x1.98847p-2f), m), v_fma(d, a, d + d)};
  return r;
}
// Below -13, where the result becomes subnormal.
static COLD vr V(gelu_far)(vr x) {
  const vr a = v_min(v_set(15.25f), v_abs(x));
  const V(ratio) r = V(normal_ratio)(a);
  return V(square_far)(a, -0.5f, 15.25f, -a * (r.numerator / r.denominator));
}
// x Phi(x): x less x times the tail, or -|x| times the tail.
INLINE vr V(gelu)(vr x) {
  const vr a = v_min(v_set(13), v_abs(x));
  const V(power) e = V(normal_split)(a);
  const V(ratio) r = V(normal_ratio)(a);
  const vr y = v_fnma(a * e.s, v_fma(r.numerator, e.t, r.numerator) / r.denominator, v_max((vr){0}, x));
  const vi far = (vi)(x < v_set(-13));
  if (UNLIKELY(v_any(far))) return v_select(far, V(gelu_far)(x), y);
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
  const vr a = v_min(v_set(13), v_abs(x)), g = v_fma(e.s, e.t, e.s);
  const V(ratio) r = V(normal_ratio)(a);
  const vr tail = r.numerator / r.denominator * g;
  const vr below = v_select((vi)(x > (vr){0}), v_set(1) - tail, tail);
  return v_fma(v_copysign(a, x), v_set(0x1.988454p-2f) * g, below);
}
