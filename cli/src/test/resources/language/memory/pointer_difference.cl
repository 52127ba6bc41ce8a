// Differences and comparisons of pointers into one object.
// heddle: -g n n=100 out=zeros(n) -o out
// expect: crc32c(out) == b90c1fa0

__kernel void pointer_difference(__global int *out) {
  int i = get_global_id(0);
  int a[10];
  int *first = a, *last = a + 10, *p = a + i % 10;
  int count = 0;
  for (int *q = first; q != last; ++q) { *q = (int)(q - first); count += q < p; }
  out[i] = count * 100 + *p + (int)(last - p);
}
