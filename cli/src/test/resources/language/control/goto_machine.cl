// A state machine of labels: each state jumps to others, forward and back.
// heddle: -g n n=200 in=uniform(n,lo=0,hi=256,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 8381256b

__kernel void goto_machine(__global const uchar *in, __global int *out) {
  int i = get_global_id(0);
  int at = i, words = 0, left = 40;
space:
  if (left-- == 0) goto end;
  if (in[at++ % 200] < 100) goto space;
  words++;
word:
  if (left-- == 0) goto end;
  if (in[at++ % 200] < 100) goto space;
  goto word;
end:
  out[i] = words * 100 + at - i;
}
