// Types, functions and sizes that options define.
// heddle: -g n n=100 -D T=float -D OP(a,b)=((a)*(b)+1) -D N=3 in=uniform(n,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == c48bb9f2

#define CAT(a, b) a##b
#define XCAT(a, b) CAT(a, b)
#define VEC XCAT(T, 4)
__kernel void XCAT(macro_, types)(__global const T *in, __global T *out) {
  int i = get_global_id(0);
  VEC v = (VEC)(in[i]);
  T r = 0;
  for (int k = 0; k < N; k++) r = OP(r, v.x);
  out[i] = r;
}
