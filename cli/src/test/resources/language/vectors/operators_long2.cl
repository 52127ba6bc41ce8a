// Every operator on long2, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*2,lo=-1000000000,hi=1000000000,seed=1) b=uniform(n*2,lo=-1000000000,hi=1000000000,seed=2) out=zeros(n*2) -o out
// expect: crc32c(out) == 2eb24150

__kernel void operators_long2(__global const long2 *a, __global const long2 *b, __global long2 *out) {
  size_t i = get_global_id(0);
  long2 x = a[i], y = b[i];
  long2 sum = x + y - (x & y) * (long)3;
  sum ^= (x | ~y) << (y & (long)7);
  long2 divisor = (y & (long)63) + (long)1;
  sum += (x & (long)127) / divisor + (x & (long)127) % divisor;
  long2 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_long2(less | same) & (long)5;
  sum += as_long2((x >= y) && !same) - as_long2(x != y);
  out[i] = sum >> (long)1;
}
