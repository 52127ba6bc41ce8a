// The integer functions on int and int4.
// heddle: -g n n=250 a=uniform(n*4,lo=-1000000,hi=1000000,seed=1) b=uniform(n*4,lo=-1000000,hi=1000000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 72d4bbde

__kernel void functions_int(__global const int4 *a, __global const int4 *b, __global int4 *out) {
  size_t i = get_global_id(0);
  int4 x = a[i], y = b[i];
  int4 h = hadd(x, y) ^ rhadd(x, y);
  h = h * (int)31 + mul_hi(x, y) + mad_hi(x, y, h);
  h = h * (int)31 + add_sat(x, y);
  h = h * (int)31 + sub_sat(x, y);
  h = h * (int)31 + mad_sat(x, y, h);
  h = h * (int)31 + rotate(x, y) + clz(x) + popcount(y);
  h = h * (int)31 + as_int4(abs_diff(x, y)) + as_int4(abs(x));
  h = h * (int)31 + clamp(x, min(y, (int)9), max(y, (int)9));
  h.x += popcount(x.x) + clz(y.x);
  out[i] = h;
}
