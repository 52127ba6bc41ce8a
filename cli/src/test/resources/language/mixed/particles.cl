// Structs with vectors, helpers with pointers, early exits and a table.
// heddle: -g n n=256 dt=0.01 in=uniform(8*n,lo=-1,hi=1,seed=1) out=zeros(8*n) -o out
// expect: crc32c(out) == 20704a08

typedef struct { float4 pos; float4 vel; } Body;
__constant float damping[3] = { 0.9f, 0.95f, 1.0f };
void bounce(Body *b, int axis) {
  float *p = (float *)&b->pos, *v = (float *)&b->vel;
  if (fabs(p[axis]) <= 1.0f) return;
  p[axis] = copysign(1.0f, p[axis]);
  v[axis] *= -damping[axis];
}
__kernel void particles(float dt, __global const Body *in, __global Body *out) {
  size_t i = get_global_id(0);
  Body b = in[i];
  for (int step = 0; step < 10; step++) {
    b.vel.y -= 9.81f * dt;
    b.pos += b.vel * dt;
    for (int axis = 0; axis < 3; axis++) bounce(&b, axis);
  }
  out[i] = b;
}
