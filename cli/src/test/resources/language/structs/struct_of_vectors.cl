// Vectors as members, their components written through pointers.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 07a66ae3

typedef struct { char2 w; int4 v; } S;
__kernel void struct_of_vectors(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  S s;
  s.v = (int4)(a[i]);
  s.w = (char2)(1, 2);
  S *p = &s;
  p->v.yw = (int2)(4, 5);
  p->w.x += 7;
  out[i] = s.v.x + s.v.y * 3 + s.v.z * 5 + s.v.w * 7 + s.w.x * s.w.y;
}
