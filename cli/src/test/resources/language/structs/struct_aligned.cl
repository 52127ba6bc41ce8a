// aligned on a struct and on a member.
// heddle: -g n n=1000 out=zeros(n*4) -o out
// expect: crc32c(out) == 0cb0648b

typedef struct __attribute__((aligned(16))) { float a, b, c; } Padded;
typedef struct { char c; int v __attribute__((aligned(8))); } Member;
__kernel void struct_aligned(__global int *out) {
  int i = get_global_id(0) * 4;
  Padded p[3];
  out[i] = sizeof(Padded);
  out[i + 1] = (char *)&p[2] - (char *)&p[0];
  out[i + 2] = sizeof(Member);
  Member m;
  out[i + 3] = (char *)&m.v - (char *)&m;
}
