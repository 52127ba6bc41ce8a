// File-scope tables: with __constant, const alone, and sloppily with neither; strings; expressions.
// heddle: -g n n=100 in=uniform(n,lo=0,hi=16,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 68e83837

__constant int squares[16] = { 0, 1, 4, 9, 16, 25, 36, 49, 64, 81, 100, 121, 144, 169, 196, 225 };
constant float2 points[] = { (float2)(1.0f, 2.0f), (float2)(3.0f) };
const int shifts[4] = { 1 << 3, 0x10 | 2, -(5), sizeof(int) };
static __constant uchar word[] = "heddle";
float sloppy[3] = { 0.5f, 1.5f, 2.5f };
__constant int limit = 7;
__kernel void constant_tables(__global const int *in, __global float *out) {
  int i = get_global_id(0);
  int k = in[i];
  out[i] = squares[k] + points[k & 1].y + shifts[k & 3] + word[k % 6] + sloppy[k % 3] + (k > limit);
}
