// heat_2d: one explicit step of the heat equation on a grid, five-point stencil.
// after = before + k * (left + right + above + below - 4 * before); the edge keeps its temperature.
// Source: the forward-time central-space scheme (Crank and Nicolson, 1947); stable for k <= 1/4.
//
// heddle: -k heat_2d -g width,height width=2048 height=2048 k=0.2 before=uniform(width*height,hi=100,seed=1) after=zeros(width*height) -o after
// expect: crc32c(after) == 18934b0b

__kernel void heat_2d(const int width, const int height, const float k,
                      __global const float *before, __global float *after) {
  int x = get_global_id(0);
  int y = get_global_id(1);
  if (x >= width || y >= height) {
    return;
  }
  int here = y * width + x;
  float centre = before[here];
  if (x == 0 || y == 0 || x == width - 1 || y == height - 1) {
    after[here] = centre;
    return;
  }
  float neighbours =
      before[here - 1] + before[here + 1] + before[here - width] + before[here + width];
  after[here] = centre + k * (neighbours - 4.0f * centre);
}
