// A filter on pixels of four bytes with clamped edges and saturated results.
// heddle: -g 64,40 w=64 h=40 in=uniform(64*40,lo=0,hi=256,seed=1) out=zeros(64*40) -o out
// expect: crc32c(out) == 4bdc8758

float4 pixel(__global const uchar4 *in, int x, int y, int w, int h) {
  return convert_float4(in[clamp(y, 0, h - 1) * w + clamp(x, 0, w - 1)]);
}
__kernel void image_filter(int w, int h, __global const uchar4 *in, __global uchar4 *out) {
  int x = get_global_id(0), y = get_global_id(1);
  const float k[3][3] = { { -1, -1, -1 }, { -1, 9.5f, -1 }, { -1, -1, -1 } };
  float4 sum = 0.0f;
  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++) sum += pixel(in, x + dx, y + dy, w, h) * k[dy + 1][dx + 1];
  out[y * w + x] = convert_uchar4_sat_rte(sum);
}
