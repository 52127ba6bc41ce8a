// vload and vstore of every width, from addresses that are aligned to one ulong alone.
// heddle: -g n n=60 a=uniform(n*40,lo=0,hi=5000000000,seed=1) out=zeros(n*40) -o out
// expect: crc32c(out) == 2cf791b3

__kernel void vload_ulong(__global const ulong *a, __global ulong *out) {
  size_t i = get_global_id(0) * 40;
  ulong first = a[i];
  ulong2 two = vload2(0, a + i + 1);
  ulong3 three = vload3(1, a + i);
  ulong4 four = vload4(0, a + i + 7);
  ulong8 eight = vload8(1, a + i + 3);
  ulong16 sixteen = vload16(1, a + i + 5);
  vstore2(two.yx, 0, out + i + 1);
  vstore3(three.zyx, 1, out + i);
  vstore4(four.wzyx, 0, out + i + 7);
  vstore8(eight.s76543210, 1, out + i + 3);
  vstore16(sixteen.sfedcba9876543210, 1, out + i + 5);
  out[i] = first;
}
