// Qualifiers in every place where they may stand.
// heddle: -g n n=100 in=uniform(n,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == af5a9d67

__kernel void volatile_restrict(const __global float *const restrict in, __global volatile float *restrict out) {
  const int i = get_global_id(0);
  volatile float v = in[i];
  float const w = v;
  register int k = 3;
  unsigned long long int big = 5;
  long unsigned other = 6;
  out[i] = w * k + (float)(big + other);
}
