// Every operator on ushort16, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*16,lo=0,hi=65000,seed=1) b=uniform(n*16,lo=0,hi=65000,seed=2) out=zeros(n*16) -o out
// expect: crc32c(out) == ba058d32

__kernel void operators_ushort16(__global const ushort16 *a, __global const ushort16 *b, __global ushort16 *out) {
  size_t i = get_global_id(0);
  ushort16 x = a[i], y = b[i];
  ushort16 sum = x + y - (x & y) * (ushort)3;
  sum ^= (x | ~y) << (y & (ushort)7);
  ushort16 divisor = (y & (ushort)63) + (ushort)1;
  sum += (x & (ushort)127) / divisor + (x & (ushort)127) % divisor;
  short16 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_ushort16(less | same) & (ushort)5;
  sum += as_ushort16((x >= y) && !same) - as_ushort16(x != y);
  out[i] = sum >> (ushort)1;
}
