// A divergent loop whose count becomes a colour.
// heddle: -g n,n n=32 out=zeros(n*n) -o out
// expect: crc32c(out) == 5f924992

__kernel void mandelbrot_shades(__global uchar4 *out) {
  int x = get_global_id(0), y = get_global_id(1), n = get_global_size(0);
  float2 c = (float2)(x * 3.0f / n - 2.25f, y * 2.5f / n - 1.25f), z = 0;
  int k = 0;
  while (k < 60 && dot(z, z) < 4) { z = (float2)(z.x * z.x - z.y * z.y, 2 * z.x * z.y) + c; k++; }
  out[y * n + x] = (uchar4)(k, k * 4, 255 - k, k == 60);
}
