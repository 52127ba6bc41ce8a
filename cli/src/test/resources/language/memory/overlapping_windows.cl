// Each pixel sums the windows that cover it, from a table with a row for each place in a window:
// an offset of quotients, remainders and the trips of two loops, of which none is a multiple of
// another.
// heddle: -g 3072 cols=uniform(27648,seed=4) size=32 window=3 step=1 image=zeros(3072) -o image
// expect: crc32c(image) == 1389fd45

__kernel void fold(__global const float *cols, int size, int window, int step,
                   __global float *image) {
  int pixel = get_global_id(0);
  int x = pixel % size + window / 2;
  int y = pixel / size % size + window / 2;
  int plane = pixel / (size * size);
  int places = (size - 1) / step + 1;
  int from = (plane * window * window + y * window + x) * places * places;
  float sum = 0;
  for (int row = (y - window + step) / step; row < y / step + 1; row++) {
    for (int column = (x - window + step) / step; column < x / step + 1; column++) {
      int at = from + row * (1 - step * window * places) * places
          + column * (1 - step * places * places);
      if (row >= 0 && column >= 0 && row < places && column < places) {
        sum += cols[at];
      }
    }
  }
  image[pixel] = sum;
}
