// Hints to unroll change nothing.
// heddle: -g n n=100 in=uniform(n*8,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 901910f7

__kernel __attribute__((vec_type_hint(float4))) __attribute__((work_group_size_hint(64, 1, 1)))
void unroll_hints(__global const float *restrict in, __global float *restrict out) {
  int i = get_global_id(0);
  float s = 0;
#pragma unroll
  for (int k = 0; k < 8; k++) s += in[i * 8 + k];
#pragma unroll 4
  for (int k = 0; k < 8; k++) s *= 1.0f + in[i * 8 + k];
  __attribute__((opencl_unroll_hint(2)))
  for (int k = 0; k < 8; k++) s -= in[i * 8 + k];
  __attribute__((opencl_unroll_hint))
  while (s > 2.0f) s *= 0.5f;
  out[i] = s;
}
