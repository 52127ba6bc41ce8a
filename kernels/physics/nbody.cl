// nbody: one time step of n gravitating bodies, all pairs, with softening.
// acceleration_i = sum over j of m_j r_ij / (|r_ij|^2 + softening^2)^(3/2), then a leapfrog step.
// Source: Aarseth, Gravitational N-Body Simulations (2003), chapter 1; units with G = 1.
//
// heddle: -k nbody -g n n=8192 dt=0.01 softening2=0.01 x=uniform(n,lo=-1,seed=1) y=uniform(n,lo=-1,seed=2) z=uniform(n,lo=-1,seed=3) mass=uniform(n,seed=4) vx=zeros(n) vy=zeros(n) vz=zeros(n) x_next=zeros(n) y_next=zeros(n) z_next=zeros(n) -o x_next -o y_next -o z_next
// expect: crc32c(x_next) == 71c7dabd
// expect: crc32c(y_next) == e18e3c65
// expect: crc32c(z_next) == b84fadc1

__kernel void nbody(const int n, const float dt, const float softening2, __global const float *x,
                    __global const float *y, __global const float *z,
                    __global const float *mass, __global float *vx, __global float *vy,
                    __global float *vz, __global float *x_next, __global float *y_next,
                    __global float *z_next) {
  int i = get_global_id(0);
  if (i >= n) {
    return;
  }
  float xi = x[i];
  float yi = y[i];
  float zi = z[i];
  float ax = 0.0f;
  float ay = 0.0f;
  float az = 0.0f;
  for (int j = 0; j < n; j++) {
    float dx = x[j] - xi;
    float dy = y[j] - yi;
    float dz = z[j] - zi;
    float distance2 = dx * dx + dy * dy + dz * dz + softening2;
    float inverse = 1.0f / sqrt(distance2);
    float pull = mass[j] * inverse * inverse * inverse;
    ax += pull * dx;
    ay += pull * dy;
    az += pull * dz;
  }
  float vx_new = vx[i] + dt * ax;
  float vy_new = vy[i] + dt * ay;
  float vz_new = vz[i] + dt * az;
  vx[i] = vx_new;
  vy[i] = vy_new;
  vz[i] = vz_new;
  x_next[i] = xi + dt * vx_new;
  y_next[i] = yi + dt * vy_new;
  z_next[i] = zi + dt * vz_new;
}
