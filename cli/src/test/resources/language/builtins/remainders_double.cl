// Remainders of double.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*8) -o out
// expect: crc32c(out) == 882d4373

__kernel void remainders_double(__global const double *a, __global const double *b, __global double *out) {
  size_t i = get_global_id(0);
  double x = a[i], y = b[i];
  out[8 * i + 0] = fmod(x,y);
  out[8 * i + 1] = remainder(x,y);
  out[8 * i + 2] = fdim(x,y);
  out[8 * i + 3] = nextafter(x,y);
  out[8 * i + 4] = copysign(x,y);
  out[8 * i + 5] = maxmag(x,y);
  out[8 * i + 6] = minmag(x,y);
  out[8 * i + 7] = ldexp(x,3);
}
