// A struct in global memory: read, changed and written by members, and as a whole.
// heddle: -g n n=400 in=uniform(32*n,lo=-5,hi=5,seed=1) out=zeros(32*n) -o out
// expect: crc32c(out) == 36788fba

typedef struct { float x, y; int count; uchar flag, unused[3]; } Particle;
__kernel void struct_members(__global const Particle *in, __global Particle *out) {
  size_t i = get_global_id(0);
  Particle p = in[i];
  p.x = (p.flag & 1) ? 1.5f : 2.5f;
  p.y = (float)p.count * 0.25f;
  p.count++;
  p.flag ^= 0x55;
  out[i] = p;
  out[i].y += 1.0f;
}
