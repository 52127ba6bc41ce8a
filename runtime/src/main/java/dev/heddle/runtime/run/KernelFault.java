package dev.heddle.runtime.run;

import dev.heddle.compiler.ir.Span;
import java.io.Serializable;
import java.util.List;

/**
 * What a work-item did wrong, in the terms of the source.
 *
 * @param kind what sort of fault
 * @param place the source place of the operation
 * @param message the whole finding in one sentence, with place, index, size and work-item
 * @param object name of the buffer or array of a bounds fault, else empty
 * @param index element index of a bounds fault, in elements of the access; else 0
 * @param size number of elements of the object; else 0
 * @param workItem global id along each dimension of the range
 * @param device which device saw it
 */
public record KernelFault(
    Kind kind,
    Span place,
    String message,
    String object,
    long index,
    long size,
    List<Long> workItem,
    String device)
    implements Serializable {
  /** What sort of fault it is. */
  public enum Kind {
    OUT_OF_BOUNDS,
    MISALIGNED,
    DIVISION_BY_ZERO,
    BARRIER
  }

  public KernelFault {
    workItem = List.copyOf(workItem);
  }
}
