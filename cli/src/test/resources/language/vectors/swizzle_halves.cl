// lo, hi, even and odd; of an eighth-vector and of one of three.
// heddle: -g n n=400 a=uniform(n,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == cfa04ba6

__kernel void swizzle_halves(__global const float8 *a, __global float8 *out) {
  size_t i = get_global_id(0);
  float8 v = a[i];
  float8 r;
  r.lo = v.hi + v.even;
  r.hi = v.odd - v.lo.hi.xyxy;
  r.even *= 2.0f;
  float3 t = (float3)(v.s1, v.s2, v.s3);
  r.s7 = t.lo.y + t.hi.x;
  r.odd.x = 42.0f;
  out[i] = r;
}
