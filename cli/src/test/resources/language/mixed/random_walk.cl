// A generator of random numbers kept in a struct, with 64-bit products.
// heddle: -g n n=256 seed=77 out=zeros(n) -o out
// expect: crc32c(out) == dad8a894

typedef struct { ulong state, step; } Random;
uint next(Random *r) {
  r->state = r->state * 6364136223846793005UL + r->step;
  return (uint)(((r->state >> 18) ^ r->state) >> 27);
}
float unit(Random *r) { return (next(r) >> 8) * 0x1p-24f; }
__kernel void random_walk(uint seed, __global float2 *out) {
  Random r = { seed, 2 * get_global_id(0) + 1 };
  float2 p = 0;
  for (int k = 0; k < 50; k++) { float2 d = (float2)(unit(&r), unit(&r)) - 0.5f; p += d; if (dot(p, p) > 4.0f) break; }
  out[get_global_id(0)] = p;
}
