// voxel_grid: assigns the points of a LiDAR scan to the cells of a regular grid, and counts them.
// A point outside the grid gets voxel -1. Cells are numbered (z * cells_y + y) * cells_x + x.
// Source: the voxel-grid filter of Rusu and Cousins, the Point Cloud Library (ICRA 2011).
//
// heddle: -k voxel_grid -g points points=1<<20 cells_x=128 cells_y=128 cells_z=32 origin_x=-32 origin_y=-32 origin_z=-4 cell_size=0.5 x=uniform(points,lo=-35,hi=35,seed=1) y=uniform(points,lo=-35,hi=35,seed=2) z=uniform(points,lo=-5,hi=13,seed=3) voxel=zeros(points) occupancy=zeros(cells_x*cells_y*cells_z) -o voxel -o occupancy
// expect: crc32c(voxel) == 3405c58d
// expect: crc32c(occupancy) == 2aa4b355

__kernel void voxel_grid(const int points, const int cells_x, const int cells_y,
                         const int cells_z, const float origin_x, const float origin_y,
                         const float origin_z, const float cell_size, __global const float *x,
                         __global const float *y, __global const float *z, __global int *voxel,
                         __global uint *occupancy) {
  int i = get_global_id(0);
  if (i >= points) {
    return;
  }
  int cx = (int)floor((x[i] - origin_x) / cell_size);
  int cy = (int)floor((y[i] - origin_y) / cell_size);
  int cz = (int)floor((z[i] - origin_z) / cell_size);
  int cell = -1;
  if (cx >= 0 && cx < cells_x && cy >= 0 && cy < cells_y && cz >= 0 && cz < cells_z) {
    cell = (cz * cells_y + cy) * cells_x + cx;
    atomic_inc(&occupancy[cell]);
  }
  voxel[i] = cell;
}
