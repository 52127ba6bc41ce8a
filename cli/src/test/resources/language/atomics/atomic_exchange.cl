// Exchange of floats, and compare-and-swap that one item wins.
// heddle: -g 128 -l 32 out=zeros(8) -o out
// expect: crc32c(out) == a19a1f39

__kernel void atomic_exchange(__global int *out) {
  __local float last;
  __local uint winner;
  int l = get_local_id(0);
  if (l == 0) { last = -1.0f; winner = 0xffffffffu; }
  barrier(CLK_LOCAL_MEM_FENCE);
  float before = 0;
  if (l == 5) before = atomic_xchg(&last, 2.5f);
  uint old = atomic_cmpxchg(&winner, 0xffffffffu, 7u);
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l == 5) out[2 * get_group_id(0)] = (int)(last * 100 + before * 10);
  if (l == 0) out[2 * get_group_id(0) + 1] = winner;
}
