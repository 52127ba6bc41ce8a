// Compound literals of structs and arrays, and assignment of whole structs.
// heddle: -g n n=100 out=zeros(n) -o out
// expect: crc32c(out) == 19259b2b

typedef struct { int a, b; } Pair;
int total(Pair p) { return p.a * 10 + p.b; }
__kernel void struct_compound_literal(__global int *out) {
  int i = get_global_id(0);
  Pair p = (Pair){ i, 2 };
  Pair q;
  q = p;
  q.b = total((Pair){ .b = i, .a = 3 });
  out[i] = total(q) + total(p) + ((int[]){ 5, 6, 7 })[i % 3];
}
