// Division and remainder toward zero, of every width; the least number by -1.
// heddle: -g n n=500 in=uniform(n,lo=-1000,hi=1000,seed=1) d=uniform(n,lo=1,hi=40,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 28b60724

__kernel void integer_division(__global const int *in, __global const int *d, __global long *out) {
  int i = get_global_id(0), v = in[i], k = d[i];
  long r = v / k + v % k + v / -k * 3 + v % -k * 5;
  r += (uint)v / (uint)k + (uint)v % (uint)k;
  r += (long)v * 1000003 / k + (ulong)v % (ulong)k;
  r += (char)v / (char)k + (short)v % (short)k;
  int least = i == 0 ? INT_MIN : v;
  r += least / (i == 0 ? -1 : k);
  out[i] = r;
}
