// Ids and sizes of all three dimensions and beyond.
// heddle: -g 12,6,4 -l 3,2,2 out=zeros(12*6*4) -o out
// expect: crc32c(out) == 0fc68482

__kernel void work_item_functions(__global int *out) {
  int x = get_global_id(0), y = get_global_id(1), z = get_global_id(2);
  int r = get_local_id(0) + 3 * (get_local_id(1) + 2 * get_local_id(2));
  r = r * 100 + get_group_id(0) + 4 * (get_group_id(1) + 3 * get_group_id(2));
  r = r * 10 + get_work_dim() + get_global_size(3) + get_local_id(5) + get_global_offset(0);
  for (uint d = 0; d < 3; d++) r += get_local_size(d) * get_num_groups(d) - get_global_size(d);
  out[(z * 6 + y) * 12 + x] = r;
}
