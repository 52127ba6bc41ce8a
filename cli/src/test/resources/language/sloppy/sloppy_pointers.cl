// Pointers assigned to others without a cast, and a const that is dropped.
// heddle: -g n n=100 in=uniform(4*n,lo=-50,hi=50,seed=1) out=zeros(4*n) -o out
// expect: crc32c(out) == a1911975

void twice(__global int *p) { p[0] *= 2; }
__kernel void sloppy_pointers(__global const uint *in, __global int *out) {
  int i = get_global_id(0);
  __global int *p = in + 4 * i;
  __global uint4 *q = (__global uint4 *)out;
  q[i] = *(__global const uint4 *)(p);
  twice(out + 4 * i + 1);
}
