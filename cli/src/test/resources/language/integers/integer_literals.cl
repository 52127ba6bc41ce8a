// Every form of integer literal and its type.
// heddle: -g n n=10 out=zeros(n*12) -o out
// expect: crc32c(out) == 5f87bf9d

__kernel void integer_literals(__global long *out) {
  __global long *o = out + 12 * get_global_id(0);
  o[0] = 0x7fffffff + 1u; o[1] = 2147483648; o[2] = 0xffffffff; o[3] = 017 + '\n' + '\x41' + '\\' + '\101';
  o[4] = 10l + 10ul + 10LL; o[5] = -1 > 0u; o[6] = sizeof(1L) + sizeof(1) + sizeof('a') + sizeof(1.0f) + sizeof(1.0);
  o[7] = 0xFFFFFFFFFFFFFFFF > 0; o[8] = (0x80000000 >> 31) + (1 << 31 >> 31); o[9] = CHAR_BIT + SCHAR_MIN + UCHAR_MAX + SHRT_MAX;
  o[10] = INT_MIN; o[11] = LONG_MAX + (long)UINT_MAX;
}
