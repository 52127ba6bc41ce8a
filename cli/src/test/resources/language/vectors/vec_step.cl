// vec_step of types and of values; a vector of three has four steps.
// heddle: -g n n=100 out=zeros(n) -o out
// expect: crc32c(out) == 1e04a08f

__kernel void vec_step_sizes(__global int *out) {
  float2 v = 0;
  int s = vec_step(float) + 10 * vec_step(int3) + 100 * vec_step(v) + 1000 * vec_step(uchar16);
  out[get_global_id(0)] = s + sizeof(float3) * 100000;
}
