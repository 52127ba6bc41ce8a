// Structs in local memory.
// heddle: -g 256 -l 32 in=uniform(256,seed=1) out=zeros(256) -o out
// expect: crc32c(out) == 7d562758

typedef struct { float v; int who; } Slot;
__kernel void struct_local(__global const float *in, __global float *out) {
  __local Slot slots[32];
  int l = get_local_id(0);
  slots[l].v = in[get_global_id(0)];
  slots[l].who = l;
  barrier(CLK_LOCAL_MEM_FENCE);
  Slot s = slots[31 - l];
  out[get_global_id(0)] = s.v + s.who;
}
