// Swizzles of swizzles, assigned in place.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 7c4bd5d5

__kernel void swizzle_chain(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int4 v = (int4)(a[i], 1, 2, 3);
  v.zw.yx = v.xy;
  v.lo = v.wzyx.hi;
  v.even += 10;
  out[i] = v.x + v.y * 3 + v.z * 5 + v.w * 7;
}
