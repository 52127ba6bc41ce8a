// Commas in loops, in conditions and in arguments in parentheses.
// heddle: -g n n=128 in=uniform(n,lo=0,hi=20,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == a8128e24

int twice(int v) { return 2 * v; }
__kernel void comma_operator(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  int a, b, r = 0;
  for (a = 0, b = 10; a < b; a++, b--) r += a * b;
  if (a = in[i], a > 10) r = (r++, r + 1);
  r += twice((b = 3, a + b));
  out[i] = r;
}
