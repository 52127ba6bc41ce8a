// Two dimensions, neighbours around the edges.
// heddle: -g n,n n=40 a=uniform(n*n,lo=0,hi=2,seed=1) out=zeros(n*n) -o out
// expect: crc32c(out) == c923ae42

__kernel void game_of_life(__global const uchar *a, __global uchar *out) {
  int x = get_global_id(0), y = get_global_id(1), w = get_global_size(0), h = get_global_size(1);
  int count = 0;
  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      if (dx || dy) count += a[((y + dy + h) % h) * w + (x + dx + w) % w];
  out[y * w + x] = count == 3 || (count == 2 && a[y * w + x]);
}
