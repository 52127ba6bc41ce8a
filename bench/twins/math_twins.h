// exp_twin and log_twin: Heddle's exp and log (dev.heddle.compiler.math, single precision) in C,
// step by step: the same constants, the same fused operations, the same selections.

static inline float exp_twin(float x) {
  x = x < -104.0f ? -104.0f : x;
  x = x > 90.0f ? 90.0f : x;
  const float shift = 0x1.8p23f + 254.0f;
  float shifted = fmaf(x, 0x1.715476p+0f, shift);
  float n = shifted - shift;
  float r = fmaf(n, -0x1.62e430p-1f, x);
  r = fmaf(n, 0x1.05c610p-29f, r);
  float q = 0x1.6ab9d8p-10f;
  q = fmaf(q, r, 0x1.123deep-7f);
  q = fmaf(q, r, 0x1.555864p-5f);
  q = fmaf(q, r, 0x1.55548cp-3f);
  q = fmaf(q, r, 0x1.fffffcp-2f);
  float p = fmaf(r * r, q, r) + 1.0f;
  uint32_t all = float_to_bits(shifted);
  uint32_t half = (uint32_t)((int32_t)all >> 1);
  float first = bits_to_float(half << 23);
  float second = bits_to_float((all - half) << 23);
  return p * first * second;
}

static inline float log_twin(float x) {
  int tiny = x < 0x1p-126f;
  float normal = tiny ? x * 0x1p23f : x;
  uint32_t bits = float_to_bits(normal);
  uint32_t exponent = (bits - 0x3f2aaaabu) & 0xff800000u;
  float e = fmaf((float)(int32_t)exponent, 0x1p-23f, tiny ? -23.0f : 0.0f);
  float f = bits_to_float(bits - exponent) - 1.0f;
  float q = -0x1.ff94c6p-4f;
  q = fmaf(q, f, 0x1.1ff43ep-3f);
  q = fmaf(q, f, -0x1.f6b7c0p-4f);
  q = fmaf(q, f, 0x1.1e8248p-3f);
  q = fmaf(q, f, -0x1.557e20p-3f);
  q = fmaf(q, f, 0x1.99d58cp-3f);
  q = fmaf(q, f, -0x1.ffff94p-3f);
  q = fmaf(q, f, 0x1.5554fap-2f);
  q = fmaf(q, f, -0x1.000000p-1f);
  float logarithm = fmaf(e, 0x1.62e430p-1f, fmaf(f * f, q, f));
  float up_to_infinity = x < INFINITY ? logarithm : x;
  float special = x == 0.0f ? -INFINITY : NAN;
  return x > 0.0f ? up_to_infinity : special;
}
