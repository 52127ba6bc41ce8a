// Lines that go on, comments in odd places.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == f3f7a76e

__kernel void line_joins(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int x = a[i] /* a
 comment */ + 1; // one \
  x = 0;
  out[i] = x \
    * 2;
}
