// bool is 0 or 1, whatever it is made of.
// heddle: -g n n=64 in=uniform(n,lo=-2,hi=3,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == d5e583cb

bool odd(int v) { return v & 1; }
__kernel void bool_values(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  bool a = in[i], b = 0.25f, c = odd(in[i]), d = !a;
  bool flags[3] = { a, true, c };
  a |= c;
  out[i] = a + 2 * b + 4 * c + 8 * d + 16 * flags[i % 3] + 32 * (a == c) + 64 * (bool)(in[i] & 2) + -c;
}
