// Several passes that exchange two buffers.
// heddle: -g n --iterate 3 --swap a,b n=300 a=uniform(n,seed=1) b=zeros(n) -o a -o b
// expect: crc32c(a) == 4a3c5e13
// expect: crc32c(b) == 95681ba7

__kernel void smoothing_passes(int n, __global const float *a, __global float *b) {
  int i = get_global_id(0);
  float left = a[max(i - 1, 0)], right = a[min(i + 1, n - 1)];
  b[i] = 0.25f * left + 0.5f * a[i] + 0.25f * right;
}
