// Initialisers that name members and indices.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 0ea1d9fe

typedef struct { int a, b; int c[3]; } S;
__kernel void struct_designators(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  S s = { .c = { [2] = a[i], [0] = 1 }, .b = 3 };
  int t[6] = { [4] = 9, 10, [1] = a[i] };
  out[i] = s.a + s.b * 2 + s.c[0] + s.c[1] * 7 + s.c[2] + t[0] + t[1] + t[4] * 3 + t[5];
}
