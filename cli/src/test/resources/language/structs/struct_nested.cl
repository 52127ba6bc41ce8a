// Structs in structs, arrays of structs, designated initialisers.
// heddle: -g n n=300 in=uniform(n,lo=-2,hi=2,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == dd2f8f9d

typedef struct { float2 pos; float weight; } Node;
typedef struct { Node nodes[3]; int used; } Cell;
__kernel void struct_nested(__global const float *in, __global float *out) {
  size_t i = get_global_id(0);
  Cell c = { .nodes = { { (float2)(1, 2), 0.5f }, { .weight = 2.0f } }, .used = 2 };
  c.nodes[2].pos = (float2)(in[i], -in[i]);
  c.nodes[2].weight = 3.0f;
  c.used++;
  float sum = 0;
  for (int k = 0; k < c.used; k++) sum += c.nodes[k].pos.x * c.nodes[k].weight + c.nodes[k].pos.y;
  out[i] = sum;
}
