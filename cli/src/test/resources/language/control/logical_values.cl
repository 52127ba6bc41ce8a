// What &&, || and ! give as numbers.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == b4735477

__kernel void logical_values(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int x = a[i];
  out[i] = (x > 0) + (x > 10 && x < 90) * 2 + (!x) * 4 + (x & 1 || x & 2) * 8 + !!x * 16;
}
