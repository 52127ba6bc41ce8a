package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.Type;

/** Reads and writes single elements. In memory a BOOL is a byte, true if it is not 0. */
final class Elements {
  private Elements() {}

  static long read(Memory memory, Type type, long address) {
    return switch (type) {
      case BOOL -> memory.getByte(address) == 0 ? 0 : 1;
      case I8 -> Byte.toUnsignedLong(memory.getByte(address));
      case I16, F16 -> Short.toUnsignedLong(memory.getShort(address));
      case I32, F32 -> Integer.toUnsignedLong(memory.getInt(address));
      case I64, F64 -> memory.getLong(address);
    };
  }

  static void write(Memory memory, Type type, long address, long bits) {
    switch (type) {
      case BOOL, I8 -> memory.putByte(address, (byte) bits);
      case I16, F16 -> memory.putShort(address, (short) bits);
      case I32, F32 -> memory.putInt(address, (int) bits);
      case I64, F64 -> memory.putLong(address, bits);
    }
  }
}
