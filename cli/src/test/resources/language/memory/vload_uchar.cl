// vload and vstore of every width, from addresses that are aligned to one uchar alone.
// heddle: -g n n=60 a=uniform(n*40,lo=0,hi=256,seed=1) out=zeros(n*40) -o out
// expect: crc32c(out) == feba9020

__kernel void vload_uchar(__global const uchar *a, __global uchar *out) {
  size_t i = get_global_id(0) * 40;
  uchar first = a[i];
  uchar2 two = vload2(0, a + i + 1);
  uchar3 three = vload3(1, a + i);
  uchar4 four = vload4(0, a + i + 7);
  uchar8 eight = vload8(1, a + i + 3);
  uchar16 sixteen = vload16(1, a + i + 5);
  vstore2(two.yx, 0, out + i + 1);
  vstore3(three.zyx, 1, out + i);
  vstore4(four.wzyx, 0, out + i + 7);
  vstore8(eight.s76543210, 1, out + i + 3);
  vstore16(sixteen.sfedcba9876543210, 1, out + i + 5);
  out[i] = first;
}
