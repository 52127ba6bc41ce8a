// Members of unnamed members.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == ce60607c

typedef struct { int kind; union { float f; struct { short lo, hi; }; }; } T;
__kernel void struct_nested_anonymous(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  T t;
  t.kind = a[i] & 1;
  if (t.kind) t.f = 2.5f; else { t.lo = 3; t.hi = a[i]; }
  out[i] = t.kind ? (int)(t.f * 4) : t.lo + t.hi;
}
