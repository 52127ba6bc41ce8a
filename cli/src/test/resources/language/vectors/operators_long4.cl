// Every operator on long4, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*4,lo=-1000000000,hi=1000000000,seed=1) b=uniform(n*4,lo=-1000000000,hi=1000000000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 4ffd66a4

__kernel void operators_long4(__global const long4 *a, __global const long4 *b, __global long4 *out) {
  size_t i = get_global_id(0);
  long4 x = a[i], y = b[i];
  long4 sum = x + y - (x & y) * (long)3;
  sum ^= (x | ~y) << (y & (long)7);
  long4 divisor = (y & (long)63) + (long)1;
  sum += (x & (long)127) / divisor + (x & (long)127) % divisor;
  long4 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_long4(less | same) & (long)5;
  sum += as_long4((x >= y) && !same) - as_long4(x != y);
  out[i] = sum >> (long)1;
}
