// Components a to f of a vector of sixteen.
// heddle: -g n n=200 a=uniform(n,lo=0,hi=255,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 84090e15

__kernel void swizzle_sixteen(__global const uchar16 *a, __global uchar16 *out) {
  size_t i = get_global_id(0);
  uchar16 v = a[i];
  uchar16 r = v.sfedcba9876543210;
  r.s0f = v.sAa;
  r.sB += v.sc;
  out[i] = r;
}
