// Every operator on ushort2, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*2,lo=0,hi=65000,seed=1) b=uniform(n*2,lo=0,hi=65000,seed=2) out=zeros(n*2) -o out
// expect: crc32c(out) == 69b216d1

__kernel void operators_ushort2(__global const ushort2 *a, __global const ushort2 *b, __global ushort2 *out) {
  size_t i = get_global_id(0);
  ushort2 x = a[i], y = b[i];
  ushort2 sum = x + y - (x & y) * (ushort)3;
  sum ^= (x | ~y) << (y & (ushort)7);
  ushort2 divisor = (y & (ushort)63) + (ushort)1;
  sum += (x & (ushort)127) / divisor + (x & (ushort)127) % divisor;
  short2 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_ushort2(less | same) & (ushort)5;
  sum += as_ushort2((x >= y) && !same) - as_ushort2(x != y);
  out[i] = sum >> (ushort)1;
}
