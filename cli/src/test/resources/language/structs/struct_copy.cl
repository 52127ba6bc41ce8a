// Structs assigned as a whole, and arrays inside them.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 6bb3b6fb

typedef struct { int x, y; } P;
typedef struct { int v[3]; P p[2]; } R;
__kernel void struct_copy(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  R r = { { a[i], a[i] * 2, 3 }, { { 1, 2 }, { 4 } } }, s;
  s = r;
  s.v[1] += 5;
  r.p[1] = s.p[0];
  out[i] = r.v[1] + s.v[1] * 3 + r.p[1].y + s.p[1].x + s.p[1].y;
}
