package dev.heddle.testkit.ptx;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The slots of a thread: its registers first, then the special registers and constants that its
 * instructions read, so that every operand is a slot.
 */
final class Frame {
  private final int registers;
  private final Map<Long, Integer> constants = new HashMap<>();
  private final Map<SpecialRegister, Integer> specials = new EnumMap<>(SpecialRegister.class);
  private final List<Long> extra = new ArrayList<>();

  Frame(int registers) {
    this.registers = registers;
  }

  int constant(long bits) {
    return constants.computeIfAbsent(bits, this::add);
  }

  int special(SpecialRegister register) {
    return specials.computeIfAbsent(register, _ -> add(0L));
  }

  private int add(long bits) {
    extra.add(bits);
    return registers + extra.size() - 1;
  }

  int registers() {
    return registers;
  }

  Map<SpecialRegister, Integer> specials() {
    return specials;
  }

  /** The content of all slots of a thread that has not begun. */
  long[] initial() {
    long[] slots = new long[registers + extra.size()];
    for (int i = 0; i < extra.size(); i++) {
      slots[registers + i] = extra.get(i);
    }
    return slots;
  }
}
