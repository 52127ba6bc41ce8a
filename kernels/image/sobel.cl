// sobel: strength of the edges of a grey image, 8 bits per pixel.
// The input carries a border of one pixel all round: it has (width + 2) x (height + 2) pixels.
// Source: Sobel and Feldman (1968), as in Gonzalez and Woods, Digital Image Processing, 10.2.
//
// heddle: -k sobel -g width,height width=1920 height=1080 source=uniform((width+2)*(height+2),hi=256,seed=1) edges=zeros(width*height) -o edges
// expect: crc32c(edges) == 8e9089d9

__kernel void sobel(const int width, const int height, __global const uchar *source,
                    __global uchar *edges) {
  int x = get_global_id(0);
  int y = get_global_id(1);
  if (x >= width || y >= height) {
    return;
  }
  int pitch = width + 2;
  int above = y * pitch + x;
  int here = above + pitch;
  int below = here + pitch;
  int gx = source[above + 2] + 2 * source[here + 2] + source[below + 2] - source[above]
      - 2 * source[here] - source[below];
  int gy = source[below] + 2 * source[below + 1] + source[below + 2] - source[above]
      - 2 * source[above + 1] - source[above + 2];
  float strength = sqrt((float)(gx * gx + gy * gy));
  edges[y * width + x] = (uchar)fmin(strength, 255.0f);
}
