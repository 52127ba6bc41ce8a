// Returns from within a switch of a helper; a switch on a long and on a char.
// heddle: -g n n=200 out=zeros(n) -o out
// expect: crc32c(out) == bf168e24

int name(long v) {
  switch (v) { case 0x100000000L: return 1; case -1L: return 2; case 'a': return 3; }
  return 0;
}
__kernel void switch_return(__global int *out) {
  int i = get_global_id(0);
  long v = i == 3 ? 0x100000000L : i == 4 ? -1L : i;
  out[i] = name(v) + (i > 150 ? 10 : 20);
}
