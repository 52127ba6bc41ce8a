// Every operator on uchar4, compared and selected by component.
// heddle: -g n n=200 a=uniform(n*4,lo=0,hi=256,seed=1) b=uniform(n*4,lo=0,hi=256,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 695df324

__kernel void operators_uchar4(__global const uchar4 *a, __global const uchar4 *b, __global uchar4 *out) {
  size_t i = get_global_id(0);
  uchar4 x = a[i], y = b[i];
  uchar4 sum = x + y - (x & y) * (uchar)3;
  sum ^= (x | ~y) << (y & (uchar)7);
  uchar4 divisor = (y & (uchar)63) + (uchar)1;
  sum += (x & (uchar)127) / divisor + (x & (uchar)127) % divisor;
  char4 less = x < y, same = x == y;
  sum = less ? sum : sum - x;
  sum ^= as_uchar4(less | same) & (uchar)5;
  sum += as_uchar4((x >= y) && !same) - as_uchar4(x != y);
  out[i] = sum >> (uchar)1;
}
