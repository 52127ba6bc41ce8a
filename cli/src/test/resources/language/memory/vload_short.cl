// vload and vstore of every width, from addresses that are aligned to one short alone.
// heddle: -g n n=60 a=uniform(n*40,lo=-30000,hi=30000,seed=1) out=zeros(n*40) -o out
// expect: crc32c(out) == 9d6e6d6e

__kernel void vload_short(__global const short *a, __global short *out) {
  size_t i = get_global_id(0) * 40;
  short first = a[i];
  short2 two = vload2(0, a + i + 1);
  short3 three = vload3(1, a + i);
  short4 four = vload4(0, a + i + 7);
  short8 eight = vload8(1, a + i + 3);
  short16 sixteen = vload16(1, a + i + 5);
  vstore2(two.yx, 0, out + i + 1);
  vstore3(three.zyx, 1, out + i);
  vstore4(four.wzyx, 0, out + i + 7);
  vstore8(eight.s76543210, 1, out + i + 3);
  vstore16(sixteen.sfedcba9876543210, 1, out + i + 5);
  out[i] = first;
}
