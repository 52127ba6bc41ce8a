// A pointer that walks an array of structs.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 1c0781de

typedef struct { int key; short value; } E;
__kernel void struct_pointer_walk(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  E e[4];
  for (int k = 0; k < 4; k++) { e[k].key = a[i] >> k; e[k].value = k; }
  E *best = e;
  for (E *p = e + 1; p != e + 4; ++p) if ((p->key & 15) > (best->key & 15)) best = p;
  out[i] = best->value * 10 + (int)(best - e);
}
