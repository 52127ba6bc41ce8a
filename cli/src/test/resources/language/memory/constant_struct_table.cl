// A table of structs with nested arrays in constant memory.
// heddle: -g n n=100 out=zeros(n) -o out
// expect: crc32c(out) == 35754f7c

typedef struct { int id; float weights[3]; } Row;
__constant Row rows[2] = { { 1, { 0.1f, 0.2f, 0.3f } }, { .id = 2, .weights = { [2] = 9.0f } } };
float weight(__constant Row *r, int k) { return r->weights[k] * r->id; }
__kernel void constant_struct_table(__global float *out) {
  int i = get_global_id(0);
  out[i] = weight(&rows[i & 1], i % 3) + rows[(i >> 1) & 1].weights[1];
}
