// 64-bit integers in vectors: products, shifts, rotation, high halves.
// heddle: -g n n=1000 in=uniform(n,lo=-1000000,hi=1000000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 486bd9dd

__kernel void vector_long2(__global const long2 *in, __global long2 *out) {
  size_t i = get_global_id(0);
  long2 v = in[i] * 1234567891011L + 77;
  ulong2 u = as_ulong2(v);
  out[i] = mul_hi(v, in[i] << 20) + as_long2(rotate(u, (ulong2)(13, 51))) + (v >> 5);
}
