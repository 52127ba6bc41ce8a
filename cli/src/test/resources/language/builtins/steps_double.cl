// Steps of double.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*7) -o out
// expect: crc32c(out) == 5d0b6f36

__kernel void steps_double(__global const double *a, __global const double *b, __global double *out) {
  size_t i = get_global_id(0);
  double x = a[i], y = b[i];
  out[7 * i + 0] = step(y,x);
  out[7 * i + 1] = smoothstep(-1.0,2.0,x);
  out[7 * i + 2] = mix(x,y,0.25);
  out[7 * i + 3] = clamp(x,-1.0,1.0);
  out[7 * i + 4] = sign(x);
  out[7 * i + 5] = degrees(x);
  out[7 * i + 6] = radians(y);
}
