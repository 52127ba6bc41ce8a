// Sums and products of 256 bits in limbs of 32.
// heddle: -g n n=90 a=uniform(n*8,lo=0,hi=4000000000,seed=1) out=zeros(n*8) -o out
// expect: crc32c(out) == 91e01794

typedef struct { uint limb[8]; } Big;
Big sum(Big x, const Big *y) {
  ulong carry = 0;
  for (int k = 0; k < 8; k++) { carry += (ulong)x.limb[k] + y->limb[k]; x.limb[k] = (uint)carry; carry >>= 32; }
  return x;
}
Big product(Big x, uint f) {
  ulong carry = 0;
  for (int k = 0; k < 8; k++) { carry += (ulong)x.limb[k] * f; x.limb[k] = (uint)carry; carry >>= 32; }
  return x;
}
__kernel void big_integers(__global const Big *a, __global Big *out) {
  size_t i = get_global_id(0);
  Big x = a[i], y = product(x, 0x9e3779b9u);
  for (int k = 0; k < 3; k++) x = sum(product(x, x.limb[k] | 1), &y);
  out[i] = x;
}
