// Every operator on char4, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*4,lo=-128,hi=128,seed=1) b=uniform(n*4,lo=-128,hi=128,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == df4379b9

__kernel void operators_char4(__global const char4 *a, __global const char4 *b, __global char4 *out) {
  size_t i = get_global_id(0);
  char4 x = a[i], y = b[i];
  char4 sum = x + y - (x & y) * (char)3;
  sum ^= (x | ~y) << (y & (char)7);
  char4 divisor = (y & (char)63) + (char)1;
  sum += (x & (char)127) / divisor + (x & (char)127) % divisor;
  char4 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_char4(less | same) & (char)5;
  sum += as_char4((x >= y) && !same) - as_char4(x != y);
  out[i] = sum >> (char)1;
}
