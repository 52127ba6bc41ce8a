// Every commutative atomic on int in local memory; the order does not show.
// heddle: -g 512 -l 64 in=uniform(512,lo=-1000,hi=1000,seed=6) out=zeros(8*16) -o out
// expect: crc32c(out) == 88c8993f

__kernel void atomics_int_local(__global const int *in, __global int *out) {
  __local int c[16];
  int l = get_local_id(0);
  if (l < 16) c[l] = 100 + l;
  barrier(CLK_LOCAL_MEM_FENCE);
  int v = in[get_global_id(0)];
  atom_add(&c[0], (int)(v));
  atom_sub(&c[1], (int)(v));
  atom_and(&c[2], (int)(v | 15));
  atom_or(&c[3], (int)(v & 255));
  atom_xor(&c[4], (int)(v));
  atom_min(&c[5], (int)(v));
  atom_max(&c[6], (int)(v));
  atom_inc(&c[7]);
  atom_dec(&c[8]);
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l < 16) out[get_group_id(0) * 16 + l] = c[l];
}
