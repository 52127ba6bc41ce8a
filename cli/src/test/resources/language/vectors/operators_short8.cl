// Every operator on short8, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*8,lo=-30000,hi=30000,seed=1) b=uniform(n*8,lo=-30000,hi=30000,seed=2) out=zeros(n*8) -o out
// expect: crc32c(out) == 0ef1f07f

__kernel void operators_short8(__global const short8 *a, __global const short8 *b, __global short8 *out) {
  size_t i = get_global_id(0);
  short8 x = a[i], y = b[i];
  short8 sum = x + y - (x & y) * (short)3;
  sum ^= (x | ~y) << (y & (short)7);
  short8 divisor = (y & (short)63) + (short)1;
  sum += (x & (short)127) / divisor + (x & (short)127) % divisor;
  short8 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_short8(less | same) & (short)5;
  sum += as_short8((x >= y) && !same) - as_short8(x != y);
  out[i] = sum >> (short)1;
}
