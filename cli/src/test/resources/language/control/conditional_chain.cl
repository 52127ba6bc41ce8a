// ?: in chains, with side effects only on the way taken.
// heddle: -g n n=128 in=uniform(n,lo=-20,hi=20,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == cad93265

__kernel void conditional_chain(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  int v = in[i], c = 0;
  int r = v < -10 ? (c++, 1) : v < 0 ? (c += 2, v) : v == 0 ? 7 : v > 10 && c++ == 0 ? -v : v--;
  out[i] = r * 100 + c * 10 + v;
}
