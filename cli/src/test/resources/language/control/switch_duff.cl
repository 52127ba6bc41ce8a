// Labels inside a loop inside a switch (Duff's device).
// heddle: -g n n=64 in=uniform(64*40,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 01085ca9

__kernel void switch_duff(__global const float *in, __global float *out) {
  int i = get_global_id(0);
  __global const float *p = in + i * 40;
  int count = 1 + i % 37;
  int trips = (count + 3) / 4;
  float sum = 0;
  switch (count & 3) {
    case 0: do { sum += *p++;
    case 3:      sum += *p++;
    case 2:      sum += *p++;
    case 1:      sum += *p++;
            } while (--trips > 0);
  }
  out[i] = sum;
}
