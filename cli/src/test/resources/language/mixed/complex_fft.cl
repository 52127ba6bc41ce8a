// A transform of eight complex numbers in registers.
// heddle: -g n n=64 in=uniform(16*n,lo=-1,hi=1,seed=1) out=zeros(16*n) -o out
// expect: crc32c(out) == 144898c3

typedef float2 C;
inline C cmul(C a, C b) { return (C)(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x); }
#define BFLY(a, b) { C t = (b); (b) = (a) - t; (a) += t; }
__kernel void complex_fft(__global const C *in, __global C *out) {
  size_t i = get_global_id(0);
  C v[8];
  for (int k = 0; k < 8; k++) v[((k & 1) << 2) | (k & 2) | (k >> 2)] = in[8 * i + k];
  for (int half = 1; half < 8; half <<= 1)
    for (int s = 0; s < 8; s += 2 * half)
      for (int k = 0; k < half; k++) {
        C w = half == 1 ? (C)(1, 0) : half == 2 ? (k ? (C)(0, -1) : (C)(1, 0)) : (C)(k == 0 ? 1 : k == 2 ? 0 : k == 1 ? M_SQRT1_2_F : -M_SQRT1_2_F, k == 0 ? 0 : k == 2 ? -1 : -M_SQRT1_2_F);
        v[s + k + half] = cmul(v[s + k + half], w);
        BFLY(v[s + k], v[s + k + half])
      }
  for (int k = 0; k < 8; k++) out[8 * i + k] = v[k];
}
