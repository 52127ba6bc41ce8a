// A state machine over bytes: switch, goto and continue together.
// heddle: -g n n=128 in=uniform(n*16,lo=32,hi=64,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 2705a365

__kernel void tokenizer(__global const uchar *in, __global int *out) {
  int i = get_global_id(0), tokens = 0, numbers = 0, at = 0;
  enum { NONE, NUMBER, WORD } state = NONE;
  for (; at < 16; at++) {
    uchar c = in[16 * i + at];
    switch (c) {
      case '!': goto done;
      case ' ': case '#': state = NONE; continue;
      case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7':
        if (state == NONE) { numbers++; tokens++; state = NUMBER; }
        break;
      default:
        if (state != WORD) tokens++;
        state = WORD;
    }
  }
done:
  out[i] = tokens * 10000 + numbers * 100 + at;
}
