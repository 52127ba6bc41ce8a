// select, bitselect, any and all.
// heddle: -g n n=400 a=uniform(n,lo=-100,hi=100,seed=1) b=uniform(n,lo=-100,hi=100,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 820c2643

__kernel void relational_select(__global const int4 *a, __global const int4 *b, __global int4 *out) {
  size_t i = get_global_id(0);
  int4 x = a[i], y = b[i];
  int4 m = x > y;
  out[i] = select(x, y, m) + bitselect(x, y, (int4)(0xff)) + any(m) * 10 + all(x < 90) * 100 + select(x.x, y.x, i & 1);
}
