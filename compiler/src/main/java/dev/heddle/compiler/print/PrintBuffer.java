package dev.heddle.compiler.print;

import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.print.PrintFormat.Conversion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buffer that work-items print into: a slot for each, in the order of their linear global ids.
 * A slot holds the number of bytes used (the highest bit set if more did not fit), then for each
 * call the number of the format, from 1, and the arguments as {@link Conversion#kept} says.
 */
public final class PrintBuffer {
  /** The last two parameters of a kernel that prints: the buffer, and the bytes of a slot. */
  public static final String BUFFER = "printf.buffer";

  public static final String SLOT = "printf.slot";

  /** The most that one call may write. */
  public static final int LARGEST_RECORD = 192;

  /** Bytes before the records of a slot. */
  public static final int HEADER = 4;

  private static final int LEAST_SLOT = 256;
  private static final int LARGEST_SLOT = 1 << 16;
  private static final long USUAL_BYTES = 64L << 20;
  private static final long MOST_BYTES = 1L << 30;
  private static final int OVERFLOW = 0x8000_0000;

  private PrintBuffer() {}

  /** Whether a kernel with these parameters prints. */
  public static boolean isUsedBy(List<Parameter> parameters) {
    return !parameters.isEmpty() && parameters.getLast().name().equals(SLOT);
  }

  /** Bytes of a slot in a launch of that many work-items; 0 if there are too many. */
  public static int slotBytes(long items) {
    if (items > MOST_BYTES / LEAST_SLOT) {
      return 0;
    }
    long share = USUAL_BYTES / Math.max(1, items);
    return (int) Math.clamp(Long.highestOneBit(Math.max(1, share)), LEAST_SLOT, LARGEST_SLOT);
  }

  /** The text of all work-items, in the order of their ids; of each in the order of its calls. */
  public static String text(ByteBuffer buffer, int slot, long items, List<String> formats) {
    ByteBuffer bytes = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<@Nullable PrintFormat> parsed = new ArrayList<>();
    formats.forEach(format -> parsed.add(null));
    StringBuilder text = new StringBuilder();
    for (long item = 0; item < items; item++) {
      int start = (int) (item * slot);
      int used = bytes.getInt(start);
      if (used != 0) {
        int end = start + HEADER + (used & ~OVERFLOW);
        append(bytes, start + HEADER, end, formats, parsed, text);
        if ((used & OVERFLOW) != 0) {
          text.append("(work-item ").append(item).append(" printed more than there is room for)\n");
        }
      }
    }
    return text.toString();
  }

  private static void append(
      ByteBuffer bytes,
      int start,
      int end,
      List<String> formats,
      List<@Nullable PrintFormat> parsed,
      StringBuilder text) {
    int at = start;
    while (at < end) {
      int number = bytes.getInt(at) - 1;
      at += 4;
      if (number < 0 || number >= formats.size()) {
        return;
      }
      PrintFormat format = parsed.get(number);
      if (format == null) {
        format = PrintFormat.parse(formats.get(number));
        parsed.set(number, format);
      }
      for (PrintFormat.Part part : format.parts()) {
        switch (part) {
          case PrintFormat.Text plain -> text.append(plain.text());
          case Conversion conversion -> at = append(conversion, bytes, at, formats, text);
        }
      }
    }
  }

  private static int append(
      Conversion conversion,
      ByteBuffer bytes,
      int start,
      List<String> formats,
      StringBuilder text) {
    int size = conversion.kept().type().bytes();
    for (int i = 0; i < conversion.components(); i++) {
      int at = start + i * size;
      long bits = size == 8 ? bytes.getLong(at) : bytes.getInt(at);
      text.append(i == 0 ? "" : ",").append(one(conversion, bits, formats));
    }
    return start + conversion.components() * size;
  }

  private static String one(Conversion conversion, long bits, List<String> formats) {
    if (conversion.isReal()) {
      return PrintNumbers.real(conversion, Double.longBitsToDouble(bits));
    }
    return switch (conversion.letter()) {
      case 'c' -> PrintNumbers.padded(conversion, "", String.valueOf((char) (bits & 0xff)), false);
      case 's' -> {
        String whole = formats.get((int) bits);
        int most = conversion.precision() < 0 ? whole.length() : conversion.precision();
        String kept = whole.substring(0, Math.min(whole.length(), most));
        yield PrintNumbers.padded(conversion, "", kept, false);
      }
      default -> PrintNumbers.integer(conversion, bits);
    };
  }
}
