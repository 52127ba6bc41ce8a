// Every operator on short3, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*4,lo=-30000,hi=30000,seed=1) b=uniform(n*4,lo=-30000,hi=30000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 60c86fbd

__kernel void operators_short3(__global const short3 *a, __global const short3 *b, __global short3 *out) {
  size_t i = get_global_id(0);
  short3 x = a[i], y = b[i];
  short3 sum = x + y - (x & y) * (short)3;
  sum ^= (x | ~y) << (y & (short)7);
  short3 divisor = (y & (short)63) + (short)1;
  sum += (x & (short)127) / divisor + (x & (short)127) % divisor;
  short3 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_short3(less | same) & (short)5;
  sum += as_short3((x >= y) && !same) - as_short3(x != y);
  out[i] = sum >> (short)1;
}
