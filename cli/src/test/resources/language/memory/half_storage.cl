// Half floats are loaded and stored, to nearest even.
// heddle: -g n n=256 bits=uniform(n,lo=0,hi=65536,seed=1) in=uniform(n,lo=-70000,hi=70000,seed=2) out=zeros(n) back=zeros(n) -o out -o back
// expect: crc32c(out) == ef44f0bf
// expect: crc32c(back) == 3b37e0b7

__kernel void half_storage(__global const half *bits, __global const float *in, __global float *out, __global half *back) {
  size_t i = get_global_id(0);
  float v = vload_half(i, bits);
  out[i] = v == v ? v : 0.0f;
  vstore_half(in[i] * 0.001f, i, back);
}
