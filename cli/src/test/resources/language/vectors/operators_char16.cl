// Every operator on char16, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*16,lo=-128,hi=128,seed=1) b=uniform(n*16,lo=-128,hi=128,seed=2) out=zeros(n*16) -o out
// expect: crc32c(out) == 5e3d49cc

__kernel void operators_char16(__global const char16 *a, __global const char16 *b, __global char16 *out) {
  size_t i = get_global_id(0);
  char16 x = a[i], y = b[i];
  char16 sum = x + y - (x & y) * (char)3;
  sum ^= (x | ~y) << (y & (char)7);
  char16 divisor = (y & (char)63) + (char)1;
  sum += (x & (char)127) / divisor + (x & (char)127) % divisor;
  char16 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_char16(less | same) & (char)5;
  sum += as_char16((x >= y) && !same) - as_char16(x != y);
  out[i] = sum >> (char)1;
}
