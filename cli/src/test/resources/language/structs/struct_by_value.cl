// Structs to and from functions by value; the callee's changes are its own.
// heddle: -g n n=300 in=uniform(2*n,lo=-2,hi=2,seed=1) out=zeros(2*n) -o out
// expect: crc32c(out) == 9135106d

typedef struct { float re, im; } Complex;
Complex times(Complex a, Complex b) {
  Complex r;
  r.re = a.re * b.re - a.im * b.im;
  r.im = a.re * b.im + a.im * b.re;
  a.re = 1e9f;
  return r;
}
__kernel void struct_by_value(__global const Complex *in, __global Complex *out) {
  size_t i = get_global_id(0);
  Complex z = in[i];
  Complex w = times(z, z);
  w = times(w, times(z, w));
  out[i] = w;
}
