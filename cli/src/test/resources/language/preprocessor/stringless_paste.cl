// Names pasted from pieces, and variadic macros.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == c400e7fe

#define NAME(a, b) a##b
#define LAST(first, ...) (__VA_ARGS__)
#define SUM(n, ...) add3(n, __VA_ARGS__)
int add3(int a, int b, int c) { return a + b * 2 + c * 3; }
__kernel void stringless_paste(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int x1 = a[i], x2 = 7;
  out[i] = NAME(x, 1) + NAME(x, 2) + LAST(1, 2, 3) + SUM(4, x1, 6);
}
