// A goto out of three loops.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 1a6bb163

__kernel void goto_out_of_loops(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int s = 0;
  for (int x = 0; x < 5; x++)
    for (int y = 0; y < 5; y++)
      for (int z = 0; z < 5; z++) {
        s += x * y + z;
        if (s > (a[i] & 127)) goto done;
      }
  s = -s;
done:
  out[i] = s;
}
