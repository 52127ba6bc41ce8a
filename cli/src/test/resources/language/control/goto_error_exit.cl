// The cleanup idiom: every check jumps to one end.
// heddle: -g n n=200 in=uniform(n,lo=-5,hi=50,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == c8d2c81f

int check(int v) {
  int code = 0;
  if (v < 0) { code = -1; goto out; }
  if (v % 3 == 0) { code = 3; goto out; }
  for (int k = 2; k < 6; k++) if (v % k == 1) { code = k * 10; goto out; }
  code = 99;
out:
  return code + v;
}
__kernel void goto_error_exit(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  out[i] = check(in[i]);
}
