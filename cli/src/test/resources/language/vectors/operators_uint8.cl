// Every operator on uint8, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*8,lo=0,hi=3000000000,seed=1) b=uniform(n*8,lo=0,hi=3000000000,seed=2) out=zeros(n*8) -o out
// expect: crc32c(out) == ca274ecc

__kernel void operators_uint8(__global const uint8 *a, __global const uint8 *b, __global uint8 *out) {
  size_t i = get_global_id(0);
  uint8 x = a[i], y = b[i];
  uint8 sum = x + y - (x & y) * (uint)3;
  sum ^= (x | ~y) << (y & (uint)7);
  uint8 divisor = (y & (uint)63) + (uint)1;
  sum += (x & (uint)127) / divisor + (x & (uint)127) % divisor;
  int8 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_uint8(less | same) & (uint)5;
  sum += as_uint8((x >= y) && !same) - as_uint8(x != y);
  out[i] = sum >> (uint)1;
}
