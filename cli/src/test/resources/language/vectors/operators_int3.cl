// Every operator on int3, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*4,lo=-1000000,hi=1000000,seed=1) b=uniform(n*4,lo=-1000000,hi=1000000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 86b692a2

__kernel void operators_int3(__global const int3 *a, __global const int3 *b, __global int3 *out) {
  size_t i = get_global_id(0);
  int3 x = a[i], y = b[i];
  int3 sum = x + y - (x & y) * (int)3;
  sum ^= (x | ~y) << (y & (int)7);
  int3 divisor = (y & (int)63) + (int)1;
  sum += (x & (int)127) / divisor + (x & (int)127) % divisor;
  int3 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_int3(less | same) & (int)5;
  sum += as_int3((x >= y) && !same) - as_int3(x != y);
  out[i] = sum >> (int)1;
}
