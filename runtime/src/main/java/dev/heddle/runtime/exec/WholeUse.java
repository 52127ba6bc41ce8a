package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Type;
import java.util.List;
import java.util.Optional;

/** How a whole launch uses a buffer of which nothing finer is known. */
record WholeUse(int parameter, String name, long bytes, boolean read, boolean written)
    implements BufferUse {
  @Override
  public Reading reading() {
    return read ? Reading.WHOLE : Reading.NONE;
  }

  @Override
  public Writing writing() {
    return written ? Writing.MAYBE : Writing.NONE;
  }

  @Override
  public Optional<AtomicOp> reduction() {
    return Optional.empty();
  }

  @Override
  public Optional<Type> reductionType() {
    return Optional.empty();
  }

  @Override
  public List<ByteRange> reads(long begin, long end) {
    return whole(read);
  }

  @Override
  public List<ByteRange> writes(long begin, long end) {
    return whole(written);
  }

  private List<ByteRange> whole(boolean used) {
    return used && bytes > 0 ? List.of(ByteRange.of(0, bytes)) : List.of();
  }
}
