// Bytes seen as words, words as floats and as vectors.
// heddle: -g n n=256 in=uniform(4*n,lo=0,hi=256,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == c7f23cf7

__kernel void pointer_casts(__global const uchar *in, __global uint *out) {
  size_t i = get_global_id(0);
  __global const uint *words = (__global const uint *)in;
  uint w = words[i] ^ *(__global const ushort *)(in + 4 * i + 2);
  uchar4 b = *((__global const uchar4 *)(in) + i);
  out[i] = w + ((__global const uchar *)&words[i])[1] + b.w;
}
