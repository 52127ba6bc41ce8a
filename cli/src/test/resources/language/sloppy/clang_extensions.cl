// What Clang takes beyond OpenCL C: its hints, ranges of labels, ?: without a middle, bit
// operations, a constant variable as the length of an array.
// heddle: -g 64 -l 16 in=uniform(64,lo=-40,hi=40,seed=5) out=zeros(64) -o out
// expect: crc32c(out) == 9711dbcd

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

static inline int grade(int v) {
  switch (v) {
    case -40 ... -21: return 1;
    case -20 ... -1:
    case 1 ... 3: return 2;
    case 0: return 3;
    case 4 ... 10: v += 7;
    default: return v;
  }
}

__kernel void clang_extensions(__global const int *in, __global int *out) {
  const int taps = 3 + 1;
  const uint twice = taps * 2;
  int last[taps];
  short pairs[twice];
  int i = get_global_id(0);
  __builtin_assume(i >= 0);
  __builtin_prefetch(in + i);
  for (int t = 0; t < taps; t++) last[t] = in[(i + t) & 63];
  for (int p = 0; p < twice; p++) pairs[p] = last[p / 2] * (p & 1 ? 3 : 1);
  int v = in[i];
  int sum = grade(v) + (v ?: 77);
  if (likely(v > 0)) sum += __builtin_popcount(v) + __builtin_clz(v);
  else if (unlikely(v == -40)) sum = -1;
  else sum += __builtin_ctz(v | 64) + __builtin_popcountl((ulong)v);
  if (v > 1000) __builtin_unreachable();
  for (int p = 0; p < twice; p++) sum = sum * 3 + pairs[p];
  out[i] = sum;
}
