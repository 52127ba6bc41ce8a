// Arithmetic, defined and comparison in #if.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 7e09837d

#define SIZE 48
#if SIZE % 32 == 16 && (SIZE >> 4) == 3 && defined(SIZE) && !defined NONE
#define VALUE (SIZE_OF_ALL + 1)
#define SIZE_OF_ALL 48
#elif SIZE > 100
#define VALUE 1
#else
#error wrong
#endif
#undef SIZE
#ifdef SIZE
#error still there
#endif
__kernel void conditional_sums(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  out[i] = a[i] + VALUE;
}
