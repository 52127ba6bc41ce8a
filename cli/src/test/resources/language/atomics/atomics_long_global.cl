// Every commutative atomic on long in global memory; the order does not show.
// heddle: -g 512 -l 64 in=uniform(512,lo=-1000,hi=1000,seed=3) c=uniform(16,lo=0,hi=100,seed=9) -o c
// expect: crc32c(c) == d5f77195

__kernel void atomics_long_global(__global const long *in, __global volatile long *c) {
  long v = in[get_global_id(0)];
  atom_add(&c[0], (long)(v));
  atom_sub(&c[1], (long)(v));
  atom_and(&c[2], (long)(v | 15));
  atom_or(&c[3], (long)(v & 255));
  atom_xor(&c[4], (long)(v));
  atom_min(&c[5], (long)(v));
  atom_max(&c[6], (long)(v));
  atom_inc(&c[7]);
  atom_dec(&c[8]);
}
