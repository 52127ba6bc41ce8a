// Conversions that nobody writes: arguments, results, initialisers, ?: and compound assignment.
// heddle: -g n n=100 in=uniform(n,lo=-100,hi=100,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == ec738677

float half_of(float v) { return v / 2; }
int whole(float v) { return v; }
__kernel void implicit_conversions(__global const int *in, __global float *out) {
  int i = get_global_id(0);
  float f = in[i];
  uchar small = f > 0 ? f : -f;
  f += small * 0.5 + 'a';
  int k = half_of(in[i]) + whole(f);
  k *= 1.5f;
  k -= 0.25;
  out[i] = i % 2 ? k : f;
}
