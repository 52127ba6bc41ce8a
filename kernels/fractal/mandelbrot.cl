// mandelbrot: how many iterations of z = z^2 + c each point of the plane stays within radius 2.
// Source: Mandelbrot, Annals of the New York Academy of Sciences 357 (1980), escape-time form.
//
// heddle: -k mandelbrot -g width,height width=1024 height=1024 limit=256 left=-2 top=-1.5 step=0.0029296875 iterations=zeros(width*height) -o iterations
// expect: crc32c(iterations) == afc0c676

__kernel void mandelbrot(const int width, const int height, const int limit, const float left,
                         const float top, const float step, __global int *iterations) {
  int px = get_global_id(0);
  int py = get_global_id(1);
  if (px >= width || py >= height) {
    return;
  }
  float cx = left + step * (float)px;
  float cy = top + step * (float)py;
  float zx = 0.0f;
  float zy = 0.0f;
  int count = 0;
  while (count < limit && zx * zx + zy * zy <= 4.0f) {
    float next = zx * zx - zy * zy + cx;
    zy = 2.0f * zx * zy + cy;
    zx = next;
    count++;
  }
  iterations[py * width + px] = count;
}
