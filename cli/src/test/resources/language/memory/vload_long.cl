// vload and vstore of every width, from addresses that are aligned to one long alone.
// heddle: -g n n=60 a=uniform(n*40,lo=-1000000000,hi=1000000000,seed=1) out=zeros(n*40) -o out
// expect: crc32c(out) == 61ba5513

__kernel void vload_long(__global const long *a, __global long *out) {
  size_t i = get_global_id(0) * 40;
  long first = a[i];
  long2 two = vload2(0, a + i + 1);
  long3 three = vload3(1, a + i);
  long4 four = vload4(0, a + i + 7);
  long8 eight = vload8(1, a + i + 3);
  long16 sixteen = vload16(1, a + i + 5);
  vstore2(two.yx, 0, out + i + 1);
  vstore3(three.zyx, 1, out + i);
  vstore4(four.wzyx, 0, out + i + 7);
  vstore8(eight.s76543210, 1, out + i + 3);
  vstore16(sixteen.sfedcba9876543210, 1, out + i + 5);
  out[i] = first;
}
