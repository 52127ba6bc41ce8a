// kmer_count: how often each word of k letters occurs in a DNA sequence.
// Letters are 0 to 3; any other value (an unknown base) skips the words that contain it. The word's
// letters, two bits each, are its index into counts, which has 4^k entries.
// Source: the direct-address counting of Marcais and Kingsford (Jellyfish, 2011) for small k.
//
// heddle: -k kmer_count -g positions positions=1<<22 k=8 bases=uniform(positions+k-1,hi=4,seed=1) counts=zeros(1<<(2*k)) -o counts
// expect: crc32c(counts) == ad76df2b

__kernel void kmer_count(const int positions, const int k, __global const uchar *bases,
                         __global uint *counts) {
  int position = get_global_id(0);
  if (position >= positions) {
    return;
  }
  uint word = 0;
  bool known = true;
  for (int j = 0; j < k; j++) {
    uint base = bases[position + j];
    known = known && base < 4u;
    word = (word << 2) | (base & 3u);
  }
  if (known) {
    atomic_inc(&counts[word]);
  }
}
