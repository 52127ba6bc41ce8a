package dev.heddle.backend.cpu.run;

import dev.heddle.runtime.spi.Launch;

/**
 * The work-items of a launch, cut into chunks that are numbered from 0 on, in ascending order of
 * their work-items.
 */
sealed interface Grid {
  /** Number of chunks. */
  long chunks();

  /** The most items that a call along x is given. */
  long MAX_ROW = 1 << 24;

  /** Cut by work-groups: a chunk is {@code perChunk} groups in linear order. */
  record Groups(Launch launch, long groups, long perChunk) implements Grid {
    static Groups of(Launch launch, long perChunk) {
      long groups = 1;
      for (int d = 0; d < 3; d++) {
        groups *= extent(launch, d);
      }
      return new Groups(launch, groups, Math.clamp(perChunk, 1, Math.max(1, groups)));
    }

    @Override
    public long chunks() {
      return Math.ceilDiv(groups, perChunk);
    }

    /** The first group of a chunk. */
    long begin(long chunk) {
      return chunk * perChunk;
    }

    /** The group after the last of a chunk. */
    long end(long chunk) {
      return Math.min(groups, begin(chunk) + perChunk);
    }

    /** A group's number along a dimension of the NDRange, from its number in this launch. */
    long group(long linear, int dimension) {
      long rest = linear;
      for (int d = 0; d < dimension; d++) {
        rest /= extent(launch, d);
      }
      return launch.groupBegin()[dimension] + rest % extent(launch, dimension);
    }

    private static long extent(Launch launch, int d) {
      return launch.groupEnd()[d] - launch.groupBegin()[d];
    }
  }

  /**
   * Cut into boxes of rows, for kernels that can't see their groups.
   *
   * @param begin first index along each dimension, and {@code end}: the first beyond
   * @param pieceX work-items along x in a chunk, and {@code pieceY}: rows in a chunk
   */
  record Rows(long[] begin, long[] end, long pieceX, long pieceY) implements Grid {
    static Rows of(Launch launch, long perChunk) {
      long[] begin = new long[3];
      long[] end = new long[3];
      for (int d = 0; d < 3; d++) {
        long local = launch.range().local()[d];
        begin[d] = launch.groupBegin()[d] * local;
        end[d] = Math.min(launch.groupEnd()[d] * local, launch.range().global()[d]);
      }
      long width = Math.max(1, end[0] - begin[0]);
      long wanted = Math.min(perChunk, MAX_ROW);
      long pieceX = Math.min(width, Math.ceilDiv(Math.max(1, wanted), 64) * 64);
      long pieceY = pieceX < width ? 1 : Math.max(1, perChunk / width);
      return new Rows(begin, end, pieceX, pieceY);
    }

    @Override
    public long chunks() {
      return piecesX() * piecesY() * (end[2] - begin[2]);
    }

    /** The work-items of a chunk. */
    Box box(long chunk) {
      long x = begin[0] + chunk % piecesX() * pieceX;
      long y = begin[1] + chunk / piecesX() % piecesY() * pieceY;
      long z = begin[2] + chunk / piecesX() / piecesY();
      return new Box(x, Math.min(end[0], x + pieceX), y, Math.min(end[1], y + pieceY), z);
    }

    private long piecesX() {
      return Math.ceilDiv(end[0] - begin[0], pieceX);
    }

    private long piecesY() {
      return Math.ceilDiv(end[1] - begin[1], pieceY);
    }
  }

  /** Work-items of one z: x in [x0, x1), y in [y0, y1). */
  record Box(long x0, long x1, long y0, long y1, long z) {
    /** The same rows, from {@code x0} to {@code x1} alone. */
    Box between(long newX0, long newX1) {
      return new Box(newX0, newX1, y0, y1, z);
    }

    long items() {
      return (x1 - x0) * (y1 - y0);
    }
  }
}
