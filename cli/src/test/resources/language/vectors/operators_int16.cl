// Every operator on int16, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*16,lo=-1000000,hi=1000000,seed=1) b=uniform(n*16,lo=-1000000,hi=1000000,seed=2) out=zeros(n*16) -o out
// expect: crc32c(out) == 95db5adf

__kernel void operators_int16(__global const int16 *a, __global const int16 *b, __global int16 *out) {
  size_t i = get_global_id(0);
  int16 x = a[i], y = b[i];
  int16 sum = x + y - (x & y) * (int)3;
  sum ^= (x | ~y) << (y & (int)7);
  int16 divisor = (y & (int)63) + (int)1;
  sum += (x & (int)127) / divisor + (x & (int)127) % divisor;
  int16 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_int16(less | same) & (int)5;
  sum += as_int16((x >= y) && !same) - as_int16(x != y);
  out[i] = sum >> (int)1;
}
