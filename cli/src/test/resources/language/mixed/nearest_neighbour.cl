// The closest of some points, in vectors of three.
// heddle: -g n n=200 a=uniform(n*3,lo=-1,hi=1,seed=1) b=uniform(60,lo=-1,hi=1,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 33580652

__kernel void nearest_neighbour(__global const float *a, __global const float *b, __global int *out) {
  size_t i = get_global_id(0);
  float3 p = vload3(i, a);
  float best = MAXFLOAT;
  for (int k = 0; k < 20; k++) {
    float d = distance(p, vload3(k, b));
    if (d < best) { best = d; out[i] = k; }
  }
}
