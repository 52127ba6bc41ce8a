// A whole struct chosen by a condition, and a struct returned from a branch.
// heddle: -g n n=100 in=uniform(2*n,lo=-9,hi=9,seed=1) out=zeros(2*n) -o out
// expect: crc32c(out) == 1ebab680

typedef struct { int a, b; } Pair;
Pair larger(Pair x, Pair y) { if (x.a > y.a) return x; return y; }
__kernel void struct_conditional(__global const Pair *in, __global Pair *out) {
  int i = get_global_id(0);
  if (i >= 50) return; // the other half is read
  Pair x = in[i];
  Pair y = in[i + 50];
  Pair z = i & 1 ? x : y;
  Pair w = larger(z, larger(x, y));
  w.b += z.a;
  out[i] = w;
}
