// Steps of float.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*7) -o out
// expect: crc32c(out) == 5c048055

__kernel void steps_float(__global const float *a, __global const float *b, __global float *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  out[7 * i + 0] = step(y,x);
  out[7 * i + 1] = smoothstep(-1.0f,2.0f,x);
  out[7 * i + 2] = mix(x,y,0.25f);
  out[7 * i + 3] = clamp(x,-1.0f,1.0f);
  out[7 * i + 4] = sign(x);
  out[7 * i + 5] = degrees(x);
  out[7 * i + 6] = radians(y);
}
