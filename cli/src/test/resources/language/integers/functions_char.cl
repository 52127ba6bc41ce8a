// The integer functions on char and char4.
// heddle: -g n n=250 a=uniform(n*4,lo=-128,hi=128,seed=1) b=uniform(n*4,lo=-128,hi=128,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 26cbe905

__kernel void functions_char(__global const char4 *a, __global const char4 *b, __global char4 *out) {
  size_t i = get_global_id(0);
  char4 x = a[i], y = b[i];
  char4 h = hadd(x, y) ^ rhadd(x, y);
  h = h * (char)31 + mul_hi(x, y) + mad_hi(x, y, h);
  h = h * (char)31 + add_sat(x, y);
  h = h * (char)31 + sub_sat(x, y);
  h = h * (char)31 + mad_sat(x, y, h);
  h = h * (char)31 + rotate(x, y) + clz(x) + popcount(y);
  h = h * (char)31 + as_char4(abs_diff(x, y)) + as_char4(abs(x));
  h = h * (char)31 + clamp(x, min(y, (char)9), max(y, (char)9));
  h.x += popcount(x.x) + clz(y.x);
  out[i] = h;
}
