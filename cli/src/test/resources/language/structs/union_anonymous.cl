// A union without a name inside a struct: its members are the struct's.
// heddle: -g n n=200 in=uniform(n,lo=-9,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == cd3e9fcb

typedef struct { int tag; union { float f; int i; struct { short lo, hi; }; }; } Value;
__kernel void union_anonymous(__global const int *in, __global int *out) {
  size_t k = get_global_id(0);
  Value v;
  v.tag = k % 3;
  if (v.tag == 0) v.f = (float)in[k]; else v.i = in[k] * 70000;
  out[k] = v.lo + v.hi * 3 + v.tag;
}
