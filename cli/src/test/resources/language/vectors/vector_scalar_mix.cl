// A scalar is converted to the vector's type before it is used.
// heddle: -g n n=300 in=uniform(n,lo=0,hi=255,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 393697d8

__kernel void vector_scalar_mix(__global const uchar4 *in, __global uchar4 *out) {
  size_t i = get_global_id(0);
  uchar4 v = in[i];
  uchar k = 3;
  v = v * k + (uchar)200;
  v += k;
  v = max(v, (uchar)16);
  out[i] = v;
}
