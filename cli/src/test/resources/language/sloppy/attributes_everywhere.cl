// Attributes of all kinds, most of them hints.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 61c56daa

int helper(int x) __attribute__((always_inline));
int helper(int x) { return x ^ 3; }
__attribute__((vec_type_hint(float4))) __attribute__((work_group_size_hint(64, 1, 1)))
__kernel void attributes_everywhere(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int x __attribute__((aligned(16))) = a[i];
  __attribute__((opencl_unroll_hint(2)))
  for (int k = 0; k < 4; k++) x += k;
  out[i] = helper(x);
}
