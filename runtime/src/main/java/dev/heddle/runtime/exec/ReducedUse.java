package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Type;
import java.util.List;
import java.util.Optional;

/** The use of a buffer of atomics: any chunk may write any byte of it. */
record ReducedUse(BufferUse use, long bytes) implements BufferUse {
  @Override
  public int parameter() {
    return use.parameter();
  }

  @Override
  public String name() {
    return use.name();
  }

  @Override
  public Reading reading() {
    return use.reading();
  }

  @Override
  public Writing writing() {
    return Writing.REDUCED;
  }

  @Override
  public Optional<AtomicOp> reduction() {
    return use.reduction();
  }

  @Override
  public Optional<Type> reductionType() {
    return use.reductionType();
  }

  @Override
  public List<ByteRange> reads(long begin, long end) {
    return use.reads(begin, end);
  }

  @Override
  public List<ByteRange> writes(long begin, long end) {
    return bytes == 0 ? List.of() : List.of(ByteRange.of(0, bytes));
  }
}
