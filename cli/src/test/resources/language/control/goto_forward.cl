// A jump forward out of two loops, and over statements.
// heddle: -g n n=200 in=uniform(n,lo=-5,hi=5,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 40b38ed3

__kernel void goto_forward(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  int r = 0;
  for (int a = 0; a < 6; a++)
    for (int b = 0; b < 6; b++) {
      r += a * b;
      if (in[(i + a * b) % 200] == 4) goto found;
    }
  r = -r;
  if (r < -100) goto done;
  r += 7;
found:
  r *= 3;
done:
  out[i] = r;
}
