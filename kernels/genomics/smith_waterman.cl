// smith_waterman: best local alignment score of one query against many database sequences.
// One work-item per database sequence; the sequences are stored interleaved (letter p of sequence i
// at database[p * sequences + i]), so that neighbours read neighbouring letters. Affine gaps.
// Sources: Smith and Waterman (1981), Gotoh (1982); the layout of Rognes, SWIPE (2011).
//
// heddle: -k smith_waterman -g sequences sequences=1<<14 query_length=48 length=128 match=5 mismatch=-4 gap_open=10 gap_extend=1 query=uniform(query_length,hi=4,seed=1) database=uniform(sequences*length,hi=4,seed=2) score=zeros(sequences) -o score
// expect: crc32c(score) == 362e84b9

#define MAX_QUERY 64

__kernel void smith_waterman(const int sequences, const int query_length, const int length,
                             const int match, const int mismatch, const int gap_open,
                             const int gap_extend, __constant uchar *query,
                             __global const uchar *database, __global int *score) {
  int sequence = get_global_id(0);
  if (sequence >= sequences) {
    return;
  }
  int rows = min(query_length, MAX_QUERY);
  int h[MAX_QUERY];
  int gap_in_query[MAX_QUERY];
  for (int q = 0; q < rows; q++) {
    h[q] = 0;
    gap_in_query[q] = 0;
  }
  int best = 0;
  for (int p = 0; p < length; p++) {
    uchar letter = database[p * sequences + sequence];
    int diagonal = 0;
    int above = 0;
    int gap_in_database = 0;
    for (int q = 0; q < rows; q++) {
      int left = h[q];
      int from_left = max(gap_in_query[q] - gap_extend, left - gap_open);
      gap_in_database = max(gap_in_database - gap_extend, above - gap_open);
      int here = diagonal + (query[q] == letter ? match : mismatch);
      here = max(max(here, 0), max(from_left, gap_in_database));
      gap_in_query[q] = from_left;
      h[q] = here;
      diagonal = left;
      above = here;
      best = max(best, here);
    }
  }
  score[sequence] = best;
}
