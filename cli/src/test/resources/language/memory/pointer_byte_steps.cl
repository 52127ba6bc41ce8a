// Rows whose length is a number of bytes.
// heddle: -g n n=64 in=uniform(n*20,lo=0,hi=256,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == b4e9f065

__kernel void pointer_byte_steps(__global const char *in, __global int *out) {
  int row = get_global_id(0);
  __global const int *p = (__global const int *)(in + row * 20);
  int sum = 0;
  for (int k = 0; k < 5; k++, p++) sum += *p ^ k;
  out[row] = sum;
}
