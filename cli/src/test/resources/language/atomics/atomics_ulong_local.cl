// Every commutative atomic on ulong in local memory; the order does not show.
// heddle: -g 512 -l 64 in=uniform(512,lo=0,hi=1000,seed=4) out=zeros(8*16) -o out
// expect: crc32c(out) == 11b294f3

__kernel void atomics_ulong_local(__global const ulong *in, __global ulong *out) {
  __local ulong c[16];
  int l = get_local_id(0);
  if (l < 16) c[l] = 100 + l;
  barrier(CLK_LOCAL_MEM_FENCE);
  ulong v = in[get_global_id(0)];
  atom_add(&c[0], (ulong)(v));
  atom_sub(&c[1], (ulong)(v));
  atom_and(&c[2], (ulong)(v | 15));
  atom_or(&c[3], (ulong)(v & 255));
  atom_xor(&c[4], (ulong)(v));
  atom_min(&c[5], (ulong)(v));
  atom_max(&c[6], (ulong)(v));
  atom_inc(&c[7]);
  atom_dec(&c[8]);
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l < 16) out[get_group_id(0) * 16 + l] = c[l];
}
