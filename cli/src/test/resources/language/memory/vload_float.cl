// vload and vstore of every width, from addresses that are aligned to one float alone.
// heddle: -g n n=60 a=uniform(n*40,lo=-4,hi=4,seed=1) out=zeros(n*40) -o out
// expect: crc32c(out) == ca2af988

__kernel void vload_float(__global const float *a, __global float *out) {
  size_t i = get_global_id(0) * 40;
  float first = a[i];
  float2 two = vload2(0, a + i + 1);
  float3 three = vload3(1, a + i);
  float4 four = vload4(0, a + i + 7);
  float8 eight = vload8(1, a + i + 3);
  float16 sixteen = vload16(1, a + i + 5);
  vstore2(two.yx, 0, out + i + 1);
  vstore3(three.zyx, 1, out + i);
  vstore4(four.wzyx, 0, out + i + 7);
  vstore8(eight.s76543210, 1, out + i + 3);
  vstore16(sixteen.sfedcba9876543210, 1, out + i + 5);
  out[i] = first;
}
