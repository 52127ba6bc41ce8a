// Every operator on uint2, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*2,lo=0,hi=3000000000,seed=1) b=uniform(n*2,lo=0,hi=3000000000,seed=2) out=zeros(n*2) -o out
// expect: crc32c(out) == 7d536fe1

__kernel void operators_uint2(__global const uint2 *a, __global const uint2 *b, __global uint2 *out) {
  size_t i = get_global_id(0);
  uint2 x = a[i], y = b[i];
  uint2 sum = x + y - (x & y) * (uint)3;
  sum ^= (x | ~y) << (y & (uint)7);
  uint2 divisor = (y & (uint)63) + (uint)1;
  sum += (x & (uint)127) / divisor + (x & (uint)127) % divisor;
  int2 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_uint2(less | same) & (uint)5;
  sum += as_uint2((x >= y) && !same) - as_uint2(x != y);
  out[i] = sum >> (uint)1;
}
