// A private array as a stack that grows and shrinks.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 5e33439b

__kernel void private_stack(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int stack[16], top = 0;
  stack[top++] = a[i] & 255;
  int sum = 0;
  while (top > 0) {
    int x = stack[--top];
    sum += x;
    if (x > 3 && top < 14) { stack[top++] = x / 2; stack[top++] = x / 3; }
  }
  out[i] = sum;
}
