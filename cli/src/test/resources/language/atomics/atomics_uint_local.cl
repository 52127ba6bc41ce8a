// Every commutative atomic on uint in local memory; the order does not show.
// heddle: -g 512 -l 64 in=uniform(512,lo=0,hi=1000,seed=2) out=zeros(8*16) -o out
// expect: crc32c(out) == 0798c690

__kernel void atomics_uint_local(__global const uint *in, __global uint *out) {
  __local uint c[16];
  int l = get_local_id(0);
  if (l < 16) c[l] = 100 + l;
  barrier(CLK_LOCAL_MEM_FENCE);
  uint v = in[get_global_id(0)];
  atomic_add(&c[0], (uint)(v));
  atomic_sub(&c[1], (uint)(v));
  atomic_and(&c[2], (uint)(v | 15));
  atomic_or(&c[3], (uint)(v & 255));
  atomic_xor(&c[4], (uint)(v));
  atomic_min(&c[5], (uint)(v));
  atomic_max(&c[6], (uint)(v));
  atomic_inc(&c[7]);
  atomic_dec(&c[8]);
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l < 16) out[get_group_id(0) * 16 + l] = c[l];
}
