// A scan in a helper with barriers and a local pointer.
// heddle: -g 512 -l 64 a=local(64) in=uniform(512,seed=1) out=zeros(512) -o out
// expect: crc32c(out) == 8e63df49

float scan(__local float *a, int l, int n) {
  for (int d = 1; d < n; d <<= 1) {
    float t = l >= d ? a[l - d] : 0.0f;
    barrier(CLK_LOCAL_MEM_FENCE);
    a[l] += t;
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  return a[l];
}
__kernel void barrier_in_helper(__global const float *in, __global float *out, __local float *a) {
  int l = get_local_id(0);
  a[l] = in[get_global_id(0)];
  barrier(CLK_LOCAL_MEM_FENCE);
  out[get_global_id(0)] = scan(a, l, get_local_size(0));
}
