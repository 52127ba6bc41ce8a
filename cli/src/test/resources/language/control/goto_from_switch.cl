// A jump out of a switch within a loop, and back to its head.
// heddle: -g n n=100 in=uniform(n,lo=0,hi=6,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 9fb86a6b

__kernel void goto_from_switch(__global const int *in, __global int *out) {
  int i = get_global_id(0), k = 0, r = 0;
next:
  switch (in[(i + k) % 100]) {
    case 0: r += 1; break;
    case 1: r += 2; k++; if (k < 30) goto next; break;
    case 2: goto leave;
    default: k += 2; r ^= k; if (k < 30) goto next;
  }
  r += 1000;
leave:
  out[i] = r;
}
