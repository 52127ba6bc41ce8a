// Cases that fall through, a default in the middle, several labels on one.
// heddle: -g n n=200 out=zeros(n) -o out
// expect: crc32c(out) == 21c1040d

__kernel void switch_fallthrough(__global int *out) {
  int i = get_global_id(0);
  int r = 0;
  switch (i % 9) {
    case 0: r += 1;
    case 1: r += 10; break;
    case 7: case 8: r = -5;
    default: r += 100;
    case 3: r += 1000; break;
    case 4: if (i > 50) { r = 7; break; } r += 3;
    case 5: r += 10000;
  }
  out[i] = r;
}
