// Two local arrays as arguments, passed on to a helper.
// heddle: -g 256 -l 32 a=local(32) b=local(64) in=uniform(256,seed=1) out=zeros(256) -o out
// expect: crc32c(out) == 4b6b2ab2

void fill(__local int *a, __local float *b, int l, float v) { a[31 - l] = l; b[2 * l] = v; b[2 * l + 1] = -v; }
__kernel void local_arguments(__local int *a, __local float *b, __global const float *in, __global float *out) {
  int l = get_local_id(0);
  fill(a, b, l, in[get_global_id(0)]);
  barrier(CLK_LOCAL_MEM_FENCE);
  out[get_global_id(0)] = b[a[l]] + b[63 - l];
}
