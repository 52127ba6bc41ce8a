// Every commutative atomic on int in global memory; the order does not show.
// heddle: -g 512 -l 64 in=uniform(512,lo=-1000,hi=1000,seed=1) c=uniform(16,lo=0,hi=100,seed=9) -o c
// expect: crc32c(c) == 931b9164

__kernel void atomics_int_global(__global const int *in, __global volatile int *c) {
  int v = in[get_global_id(0)];
  atomic_add(&c[0], (int)(v));
  atomic_sub(&c[1], (int)(v));
  atomic_and(&c[2], (int)(v | 15));
  atomic_or(&c[3], (int)(v & 255));
  atomic_xor(&c[4], (int)(v));
  atomic_min(&c[5], (int)(v));
  atomic_max(&c[6], (int)(v));
  atomic_inc(&c[7]);
  atomic_dec(&c[8]);
}
