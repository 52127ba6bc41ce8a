// shallow_water: one step of the shallow-water equations, Lax-Friedrichs scheme.
// Conserved: water depth h and momenta hu, hv. dt_dx is the time step over the cell width; the edge
// cells stay as they are. Source: LeVeque, Finite Volume Methods for Hyperbolic Problems, chapters
// 4.6 and 13.
//
// heddle: -k shallow_water -g width,height width=1024 height=1024 dt_dx=0.05 h=uniform(width*height,lo=1,hi=1.1,seed=1) hu=uniform(width*height,lo=-0.1,hi=0.1,seed=2) hv=uniform(width*height,lo=-0.1,hi=0.1,seed=3) h_next=zeros(width*height) hu_next=zeros(width*height) hv_next=zeros(width*height) -o h_next -o hu_next -o hv_next
// expect: crc32c(h_next) == 7c848c19
// expect: crc32c(hu_next) == 17f04ebb
// expect: crc32c(hv_next) == 9b8e9512

#define GRAVITY 9.81f

/* Flux of x-momentum in x (and, by symmetry, of y-momentum in y). */
float momentum_flux(float h, float momentum) {
  return momentum * momentum / h + 0.5f * GRAVITY * h * h;
}

__kernel void shallow_water(const int width, const int height, const float dt_dx,
                            __global const float *h, __global const float *hu,
                            __global const float *hv, __global float *h_next,
                            __global float *hu_next, __global float *hv_next) {
  int x = get_global_id(0);
  int y = get_global_id(1);
  if (x >= width || y >= height) {
    return;
  }
  int here = y * width + x;
  if (x == 0 || y == 0 || x == width - 1 || y == height - 1) {
    h_next[here] = h[here];
    hu_next[here] = hu[here];
    hv_next[here] = hv[here];
    return;
  }
  int west = here - 1;
  int east = here + 1;
  int north = here - width;
  int south = here + width;
  float half_step = 0.5f * dt_dx;

  h_next[here] = 0.25f * (h[west] + h[east] + h[north] + h[south])
      - half_step * (hu[east] - hu[west] + hv[south] - hv[north]);

  float hu_x = momentum_flux(h[east], hu[east]) - momentum_flux(h[west], hu[west]);
  float hu_y = hu[south] * hv[south] / h[south] - hu[north] * hv[north] / h[north];
  hu_next[here] = 0.25f * (hu[west] + hu[east] + hu[north] + hu[south])
      - half_step * (hu_x + hu_y);

  float hv_x = hu[east] * hv[east] / h[east] - hu[west] * hv[west] / h[west];
  float hv_y = momentum_flux(h[south], hv[south]) - momentum_flux(h[north], hv[north]);
  hv_next[here] = 0.25f * (hv[west] + hv[east] + hv[north] + hv[south])
      - half_step * (hv_x + hv_y);
}
