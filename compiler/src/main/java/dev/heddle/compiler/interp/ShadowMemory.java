package dev.heddle.compiler.interp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one kind of access to each byte of one memory, page by page as they are used.
 */
final class ShadowMemory {
  private static final int PAGE_BITS = 10;

  private final Map<Long, AccessTrack> pages = new HashMap<>();
  private long lastNumber = -1;
  private @Nullable AccessTrack last;

  /** The page of a byte, if there was an access to it; {@link #cell} says where in it. */
  @Nullable AccessTrack page(long address) {
    long number = address >>> PAGE_BITS;
    if (number != lastNumber) {
      last = pages.get(number);
      lastNumber = number;
    }
    return last;
  }

  /** The page of a byte. */
  AccessTrack pageToWrite(long address) {
    AccessTrack page = page(address);
    if (page == null) {
      page = new AccessTrack(1 << PAGE_BITS);
      pages.put(lastNumber, page);
      last = page;
    }
    return page;
  }

  static int cell(long address) {
    return (int) address & ((1 << PAGE_BITS) - 1);
  }
}
