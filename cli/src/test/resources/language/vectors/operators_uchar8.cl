// Every operator on uchar8, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*8,lo=0,hi=256,seed=1) b=uniform(n*8,lo=0,hi=256,seed=2) out=zeros(n*8) -o out
// expect: crc32c(out) == 89339d98

__kernel void operators_uchar8(__global const uchar8 *a, __global const uchar8 *b, __global uchar8 *out) {
  size_t i = get_global_id(0);
  uchar8 x = a[i], y = b[i];
  uchar8 sum = x + y - (x & y) * (uchar)3;
  sum ^= (x | ~y) << (y & (uchar)7);
  uchar8 divisor = (y & (uchar)63) + (uchar)1;
  sum += (x & (uchar)127) / divisor + (x & (uchar)127) % divisor;
  char8 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_uchar8(less | same) & (uchar)5;
  sum += as_uchar8((x >= y) && !same) - as_uchar8(x != y);
  out[i] = sum >> (uchar)1;
}
