// Literals from scalars, from smaller vectors, and from one value for all.
// heddle: -g n n=600 out=zeros(n) -o out
// expect: crc32c(out) == 592bf730

__kernel void vector_literals(__global float8 *out) {
  int i = get_global_id(0);
  float2 p = (float2)(i, i + 1);
  float4 q = (float4)(p, 3.0f, (float)i * 0.5f);
  float8 r = (float8)(q, p.yx, (float2)(7.0f));
  out[i] = r + (float8)(i & 3);
}
