// Structs returned and passed through several helpers.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == c4f2aece

typedef struct { int a; char b; long c; } Q;
Q make(int x, int y) { Q q; q.a = x; q.b = y; q.c = (long)x * y; return q; }
Q twice(Q q) { q.a *= 2; q.b = -q.b; q.c += q.a; return q; }
int norm(Q q) { return q.a ^ q.b ^ (int)q.c; }
__kernel void struct_return(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  Q q = make(a[i], 7);
  out[i] = norm(twice(twice(q))) + norm(q);
}
