// Arguments of several types where one is meant: size_t beside int, literals beside floats.
// heddle: -g n n=100 in=uniform(n,lo=-50,hi=50,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == cf30a27b

__kernel void sloppy_overloads(__global const float *in, __global float *out) {
  size_t i = get_global_id(0);
  int w = 10;
  out[i] = mad24(i, 2, w) + mul24(w, (int)i) + max(in[i], 0) + min((float)i, 20.5) + clamp(in[i], -1, 1) + pown(1.5f, w);
}
