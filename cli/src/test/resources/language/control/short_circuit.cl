// The right side of && and || runs only when it decides.
// heddle: -g n n=128 in=uniform(n,lo=-20,hi=20,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 1af19895

int note(int *log, int bit, int result) { *log |= bit; return result; }
__kernel void short_circuit(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  int v = in[i], log = 0;
  int a = note(&log, 1, v > 0) && note(&log, 2, v > 10) || note(&log, 4, v < -10);
  int b = !(v && 100 / v > 10);
  out[i] = a * 1000 + b * 100 + log;
}
