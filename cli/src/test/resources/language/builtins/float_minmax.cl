// fmin, fmax, min, max, clamp, mix, step, smoothstep, sign, with NaN and zeros.
// heddle: -g n n=400 a=uniform(n,lo=-3,hi=3,seed=1) b=uniform(n,lo=-3,hi=3,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 08d7c4be

__kernel void float_minmax(__global const float *a, __global const float *b, __global float8 *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  x = i == 0 ? NAN : i == 1 ? -0.0f : x;
  out[i] = (float8)(fmin(x, y), fmax(x, y), min(y, x), max(y, x), clamp(y, -1.0f, 1.0f), step(y, x), sign(x), smoothstep(-1.0f, 1.0f, y));
}
