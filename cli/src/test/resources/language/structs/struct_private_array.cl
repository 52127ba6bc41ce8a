// A private array of structs sorted by a member.
// heddle: -g n n=100 in=uniform(n,lo=0,hi=100,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == e6bde064

typedef struct { int key; float weight; } Item;
__kernel void struct_private_array(__global const int *in, __global float *out) {
  int i = get_global_id(0);
  Item items[6];
  for (int k = 0; k < 6; k++) { items[k].key = in[(i * 7 + k * 13) % 100]; items[k].weight = k * 0.5f; }
  for (int a = 0; a < 5; a++)
    for (int b = 0; b < 5 - a; b++)
      if (items[b].key > items[b + 1].key) { Item t = items[b]; items[b] = items[b + 1]; items[b + 1] = t; }
  out[i] = items[0].weight * 10 + items[5].weight + items[2].key;
}
