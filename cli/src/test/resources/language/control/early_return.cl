// Returns at several depths of a kernel.
// heddle: -g 1000 n=700 in=uniform(1000,seed=1) out=zeros(1000) -o out
// expect: crc32c(out) == eef25894

__kernel void early_return(int n, __global const float *in, __global float *out) {
  int i = get_global_id(0);
  if (i >= n) return;
  if (in[i] < 0.25f) { out[i] = 1; return; }
  for (int k = 0; k < 10; k++) { if (in[(i + k) % 1000] > 0.9f) { out[i] = k; return; } }
  out[i] = -1;
}
