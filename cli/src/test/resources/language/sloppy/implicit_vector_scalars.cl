// Scalars beside vectors, literals of other types.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 13d48cf5

__kernel void implicit_vector_scalars(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  float4 v = 1;
  v *= 2 * a[i];
  v += (float4)(1.0f, 2, 3u, 4L);
  int4 w = convert_int4(v) + 1;
  w >>= 1;
  out[i] = w.x + w.y + w.z + w.w;
}
