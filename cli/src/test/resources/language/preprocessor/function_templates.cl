// Functions for several types from one macro.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == bd1d05cc

#define BIGGEST(T) T biggest_##T(T a, T b, T c) { T m = a > b ? a : b; return m > c ? m : c; }
BIGGEST(int)
BIGGEST(char)
BIGGEST(float)
__kernel void function_templates(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  out[i] = biggest_int(a[i], 5, -a[i]) + biggest_char(1, (char)a[i], 2) + (int)biggest_float(0.5f, a[i], 2);
}
