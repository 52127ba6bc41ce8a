package dev.heddle.runtime.npy;

import dev.heddle.compiler.ir.ElementType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a .npy file says of its data.
 *
 * @param element type of one element
 * @param bigEndian whether the bytes of an element are in big-endian order
 * @param fortranOrder whether the first index varies fastest in the file
 * @param shape extents; empty for a single number
 * @param complex whether each item is a pair of elements, real and imaginary part
 */
public record NpyHeader(
    ElementType element,
    boolean bigEndian,
    boolean fortranOrder,
    List<Long> shape,
    boolean complex) {
  public NpyHeader {
    shape = List.copyOf(shape);
  }

  /** Number of elements; a complex item is two. */
  public long count() {
    return shape.stream().reduce(complex ? 2L : 1L, Math::multiplyExact);
  }

  /** Bytes of the data. */
  public long bytes() {
    return Math.multiplyExact(count(), (long) element.type().bytes());
  }

  /** Bytes of one item. */
  int itemBytes() {
    return element.type().bytes() * (complex ? 2 : 1);
  }

  /** Whether the order of the bytes in the file is not that of a C array. */
  boolean needsReordering() {
    return fortranOrder && shape.stream().filter(extent -> extent != 1).count() > 1;
  }

  /** The header as a file of version 1 or 2 holds it, padded so that the data start at 64 bytes. */
  String text(int bytesBefore) {
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(Dtype.spelling(element), shapeText());
    int unpadded = bytesBefore + dictionary.length() + 1;
    return dictionary + " ".repeat(Math.floorMod(-unpadded, 64)) + "\n";
  }

  private String shapeText() {
    String extents = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return shape.size() == 1 ? extents + "," : extents;
  }
}
