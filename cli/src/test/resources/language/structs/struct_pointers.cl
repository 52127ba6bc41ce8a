// Pointers to structs passed down, members reached with an arrow.
// heddle: -g n n=300 in=uniform(n,lo=-2,hi=2,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == f59277a2

typedef struct { float sum; int count; float last[4]; } Stats;
void add(Stats *s, float v) { s->last[s->count & 3] = v; s->sum += v; s->count++; }
float mean(const Stats *s) { return s->count ? s->sum / s->count : 0.0f; }
__kernel void struct_pointers(__global const float *in, __global float *out) {
  size_t i = get_global_id(0);
  Stats s = { 0 };
  for (size_t k = 0; k <= i % 7; k++) add(&s, in[(i + k) % 300]);
  out[i] = mean(&s) + s.last[2];
}
