package dev.heddle.spark.cli;

import dev.heddle.cli.data.BufferSource;
import dev.heddle.spark.task.Source;
import java.lang.foreign.MemorySegment;

/** A value of the command line as executors load it: each generates or maps its part alone. */
record LoadedSource(BufferSource source) implements Source {
  @Override
  public void load(long start, MemorySegment into) {
    source.load(start, into);
  }
}
