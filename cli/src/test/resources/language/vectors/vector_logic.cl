// !, && and || on vectors.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == cb2b1e1b

__kernel void vector_logic(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int4 v = (int4)(a[i], a[i] & 1, a[i] & 2, 0);
  int4 r = !v * 2 + (v && v.wzyx) * 3 + (v || (int4)(0, 0, 1, 0)) * 5;
  out[i] = r.x + 10 * r.y + 100 * r.z + 1000 * r.w + any(v.xy) + all(v);
}
