// vload and vstore of all widths at places that no vector is aligned to.
// heddle: -g n n=100 in=uniform(16*n+8,lo=-50,hi=50,seed=1) out=zeros(16*n) -o out
// expect: crc32c(out) == f69cba91

__kernel void vload_widths(__global const short *in, __global short *out) {
  size_t i = get_global_id(0);
  short16 v = vload16(i, in + 1);
  v.s01 = vload2(i, in + 3);
  v.s234 += vload3(i, in);
  v.lo += vload8(i, in + 5);
  v.s89ab = vload4(4 * i + 1, in + 7);
  vstore8(v.hi, 2 * i, out);
  vstore4(v.s0123, 4 * i + 2, out);
  vstore3(v.s456, 0, out + 16 * i + 12);
}
