// Every operator on ulong3, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*4,lo=0,hi=5000000000,seed=1) b=uniform(n*4,lo=0,hi=5000000000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 9554fc06

__kernel void operators_ulong3(__global const ulong3 *a, __global const ulong3 *b, __global ulong3 *out) {
  size_t i = get_global_id(0);
  ulong3 x = a[i], y = b[i];
  ulong3 sum = x + y - (x & y) * (ulong)3;
  sum ^= (x | ~y) << (y & (ulong)7);
  ulong3 divisor = (y & (ulong)63) + (ulong)1;
  sum += (x & (ulong)127) / divisor + (x & (ulong)127) % divisor;
  long3 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_ulong3(less | same) & (ulong)5;
  sum += as_ulong3((x >= y) && !same) - as_ulong3(x != y);
  out[i] = sum >> (ulong)1;
}
