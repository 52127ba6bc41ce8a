// Every commutative atomic on uint in global memory; the order does not show.
// heddle: -g 512 -l 64 in=uniform(512,lo=0,hi=1000,seed=5) c=uniform(16,lo=0,hi=100,seed=9) -o c
// expect: crc32c(c) == 9091d776

__kernel void atomics_uint_global(__global const uint *in, __global volatile uint *c) {
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
}
