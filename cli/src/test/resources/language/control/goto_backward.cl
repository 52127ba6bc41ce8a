// A loop made of a label and a jump back.
// heddle: -g n n=200 in=uniform(n,lo=1,hi=90,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 27d5a002

__kernel void goto_backward(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  int v = in[i];
  int steps = 0;
again:
  if (v == 1) goto stop;
  v = v & 1 ? 3 * v + 1 : v / 2;
  steps++;
  if (steps < 60) goto again;
stop:
  out[i] = steps;
}
