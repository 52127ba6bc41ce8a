// A constant table of two dimensions and one of structs.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == f4eddbec

__constant short TABLE[4][2] = { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } };
typedef struct { char x, y; } Pair;
__constant Pair PAIRS[4] = { { 1, 9 }, { 2, 8 }, { 3, 7 }, { 4, 6 } };
__kernel void constant_2d(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int x = a[i] & 3;
  out[i] = TABLE[x][(a[i] >> 2) & 1] + PAIRS[x].y * 100;
}
