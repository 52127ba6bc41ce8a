// A vector in memory seen as an array of its components.
// heddle: -g n n=1000 in=uniform(n,lo=-1,hi=1,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 33134526

__kernel void vector_component_address(__global const float4 *in, __global float *out) {
  size_t i = get_global_id(0);
  float4 v = in[i];
  float *p = (float *)&v;
  float sum = 0;
  for (int k = 0; k < 4; k++) sum += p[(k + i) & 3] * (k + 1);
  p[i & 3] = sum;
  out[i] = v.x + v.y + v.z + v.w;
}
