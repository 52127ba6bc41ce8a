// A loop unrolled by macros that call macros.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 8c2d7b61

#define MIX(k) s = s * 31 + (k) * (s >> 3);
#define FOUR(m, k) m(k) m(k + 1) m(k + 2) m(k + 3)
#define REPEAT(m) FOUR(m, 0) FOUR(m, 4) FOUR(m, 8)
__kernel void recursive_macros(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int s = a[i];
  REPEAT(MIX)
  out[i] = s;
}
