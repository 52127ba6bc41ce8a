// A switch in a switch, an empty one, one with a declaration before a label.
// heddle: -g n n=100 out=zeros(n) -o out
// expect: crc32c(out) == 230fd468

__kernel void switch_nested(__global int *out) {
  int i = get_global_id(0);
  int r = 0;
  switch (i & 3) {
    case 0:
      switch (i % 5) { case 1: r = 1; break; case 2: r = 2; default: r += 3; }
      r += 10;
      break;
    case 1: { int t = i * 2; r = t; }
    case 2: r += 100;
  }
  switch (i) { }
  switch (i % 7) default: r++;
  out[i] = r;
}
