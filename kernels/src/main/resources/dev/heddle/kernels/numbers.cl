// numbers.cl: operations on arrays of numbers that read alike for every type. T is float, double,
// int or long; ADD_PRODUCT(a, b, c) is a * b + c, rounded once where T rounds.

#pragma OPENCL FP_CONTRACT OFF

/* The file on its own is for floats. */
#ifndef T
#define T float
#define ADD_PRODUCT(a, b, c) fma(a, b, c)
#endif

/* Elements that one work-item adds up in order. */
#define BLOCK 256

int block_end(int n, int start) {
  return n - start < BLOCK ? n : start + BLOCK;
}

__kernel void block_sums(int n, __global const T *in, __global T *sums) {
  int block = get_global_id(0);
  int end = block_end(n, block * BLOCK);
  T sum = 0;
  for (int i = block * BLOCK; i < end; i++) {
    sum += in[i];
  }
  sums[block] = sum;
}

__kernel void scan(int n, int inclusive, __global const T *starts, __global const T *in,
                   __global T *out) {
  int block = get_global_id(0);
  int end = block_end(n, block * BLOCK);
  T sum = starts[block];
  for (int i = block * BLOCK; i < end; i++) {
    T before = sum;
    sum += in[i];
    out[i] = inclusive ? sum : before;
  }
}

__kernel void multiply(int n, int k, __global const T *a, __global const T *b, __global T *out) {
  int column = get_global_id(0);
  int row = get_global_id(1);
  T sum = 0;
  for (int i = 0; i < k; i++) {
    sum = ADD_PRODUCT(a[row * k + i], b[i * n + column], sum);
  }
  out[row * n + column] = sum;
}

/* What lies beyond the edges counts as zero. */
__kernel void convolve(int width, int height, int taps_x, int taps_y, __global const T *in,
                       __global const T *taps, __global T *out) {
  int x = get_global_id(0);
  int y = get_global_id(1);
  T sum = 0;
  for (int v = 0; v < taps_y; v++) {
    int row = y + taps_y / 2 - v;
    for (int u = 0; u < taps_x; u++) {
      int column = x + taps_x / 2 - u;
      if (row >= 0 && row < height && column >= 0 && column < width) {
        sum += in[row * width + column] * taps[v * taps_x + u];
      }
    }
  }
  out[y * width + x] = sum;
}
