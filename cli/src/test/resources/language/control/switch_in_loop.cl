// A small machine: continue inside a switch belongs to the loop, break to the switch.
// heddle: -g n n=200 in=uniform(n,lo=0,hi=5,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == fd95fe24

__kernel void switch_in_loop(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  int state = 0, sum = 0;
  for (int k = 0; k < 20; k++) {
    switch (state) {
      case 0: state = in[(i + k) % 200]; continue;
      case 1: sum += k; state = 2; break;
      case 2: { if (k & 1) continue; sum -= 1; state = 0; break; }
      default: sum += 3; state = 0;
    }
    sum *= 2;
  }
  out[i] = sum;
}
