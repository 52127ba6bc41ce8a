// Every operator on ulong4, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*4,lo=0,hi=5000000000,seed=1) b=uniform(n*4,lo=0,hi=5000000000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 07a007ca

__kernel void operators_ulong4(__global const ulong4 *a, __global const ulong4 *b, __global ulong4 *out) {
  size_t i = get_global_id(0);
  ulong4 x = a[i], y = b[i];
  ulong4 sum = x + y - (x & y) * (ulong)3;
  sum ^= (x | ~y) << (y & (ulong)7);
  ulong4 divisor = (y & (ulong)63) + (ulong)1;
  sum += (x & (ulong)127) / divisor + (x & (ulong)127) % divisor;
  long4 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_ulong4(less | same) & (ulong)5;
  sum += as_ulong4((x >= y) && !same) - as_ulong4(x != y);
  out[i] = sum >> (ulong)1;
}
