// Enumerations, with values that follow and values that are given.
// heddle: -g n n=100 in=uniform(n,lo=0,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 49e9c7fc

typedef enum { RED, GREEN = 5, BLUE, LAST = BLUE + 10 } Colour;
enum { WIDTH = 4 };
__kernel void enum_constants(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  int scratch[WIDTH] = { RED, GREEN, BLUE, LAST };
  enum Local { FIRST = -1, SECOND };
  Colour c = (Colour)scratch[in[i] & 3];
  out[i] = c == BLUE ? FIRST : c + SECOND;
}
