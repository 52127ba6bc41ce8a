// Sizes and offsets, with padding, a vector member and an inner struct.
// heddle: -g n n=1000 out=zeros(n*8) -o out
// expect: crc32c(out) == 677a084a

struct Inner { char c; double d; };
struct Outer { char a; float3 v; struct Inner inner[2]; short s; };
__kernel void struct_layout(__global int *out) {
  int i = get_global_id(0) * 8;
  __private struct Outer o;
  char *base = (char *)&o;
  out[i] = sizeof(struct Outer);
  out[i + 1] = sizeof(struct Inner);
  out[i + 2] = (char *)&o.v - base;
  out[i + 3] = (char *)&o.inner[1] - base;
  out[i + 4] = (char *)&o.inner[1].d - base;
  out[i + 5] = (char *)&o.s - base;
}
