// Random numbers of each work-item, counted in private bins.
// heddle: -g n n=100 a=uniform(n,lo=1,hi=100000,seed=1) out=zeros(n*8) -o out
// expect: crc32c(out) == 18b36b27

uint next(uint *state) { uint x = *state; x ^= x << 13; x ^= x >> 17; x ^= x << 5; return *state = x; }
__kernel void xorshift_histogram(__global const uint *a, __global uint *out) {
  size_t i = get_global_id(0);
  uint state = a[i], bins[8] = { 0 };
  for (int k = 0; k < 50; k++) bins[next(&state) >> 29]++;
  for (int k = 0; k < 8; k++) out[i * 8 + k] = bins[k];
}
