// gaussian_blur: 5 x 5 binomial blur of a grey image, weights (1 4 6 4 1)/16 in each direction.
// The input carries a border of two pixels all round: it has (width + 4) x (height + 4) pixels.
// Source: Burt and Adelson, the Laplacian pyramid (IEEE Trans. Communications 31, 1983).
//
// heddle: -k gaussian_blur -g width,height width=1920 height=1080 source=uniform((width+4)*(height+4),hi=255,seed=1) blurred=zeros(width*height) -o blurred
// expect: crc32c(blurred) == 032e6c5e

__constant float weights[5] = {0.0625f, 0.25f, 0.375f, 0.25f, 0.0625f};

__kernel void gaussian_blur(const int width, const int height, __global const float *source,
                            __global float *blurred) {
  int x = get_global_id(0);
  int y = get_global_id(1);
  if (x >= width || y >= height) {
    return;
  }
  int pitch = width + 4;
  float sum = 0.0f;
  for (int dy = 0; dy < 5; dy++) {
    float row = 0.0f;
    for (int dx = 0; dx < 5; dx++) {
      row += weights[dx] * source[(y + dy) * pitch + x + dx];
    }
    sum += weights[dy] * row;
  }
  blurred[y * width + x] = sum;
}
