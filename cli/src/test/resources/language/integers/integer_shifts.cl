// Shift counts are masked to the width; negative numbers keep their sign.
// heddle: -g n n=500 in=uniform(n,lo=-100000,hi=100000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 82ecd94d

__kernel void integer_shifts(__global const int *in, __global long *out) {
  int i = get_global_id(0), v = in[i];
  long r = (v << (i & 63)) + (v >> (i & 63)) + ((uint)v >> (i & 63));
  r += ((long)v << (i & 127)) ^ ((ulong)v >> (i & 127));
  short s = (short)v;
  r += (s << 4) + (s >> 20);
  out[i] = r;
}
