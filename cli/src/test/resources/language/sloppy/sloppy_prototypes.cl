// Prototypes without names, static inline, empty statements and old habits.
// heddle: -g n n=100 in=uniform(n,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 20bb135b

float f(float, int);
static inline float g(float v) { return f(v, 2); }
float f(float v, int n) { float r = v; while (n--) r *= v; return (r); };
void kernel sloppy_prototypes(global const float *in, global float *out) {
  uint i = get_global_id(0);;
  if (i < 100u) { ; } else ;
  out[i] = g(in[i]) + f(in[i], 1);
  return;
}
