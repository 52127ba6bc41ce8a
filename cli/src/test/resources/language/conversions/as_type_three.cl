// A vector of three seen as four, and back.
// heddle: -g n n=100 in=uniform(4*n,lo=-100,hi=100,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == abf9e791

__kernel void as_type_three(__global const int *in, __global int4 *out) {
  size_t i = get_global_id(0);
  int3 v = vload3(i, in);
  float3 f = as_float3(v);
  int4 w = as_int4(f);
  w.w = 7;
  out[i] = w + as_int4((int3)(1, 2, 3)).xyzx;
}
