package dev.heddle.testkit.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IntegerInstructionTest {
  private static void check(long wanted, String types, String instruction, long... inputs) {
    long got = Snippet.run(types, instruction, inputs);
    assertEquals(Long.toHexString(wanted), Long.toHexString(got), instruction + " of " + types);
  }

  @Test
  void sums() {
    check(0x80000000L, "s32 s32 s32", "add.s32 %d, %a, %b;", 0x7FFFFFFF, 1);
    check(0x7FFFFFFFL, "s32 s32 s32", "add.sat.s32 %d, %a, %b;", 0x7FFFFFFF, 1);
    check(0x80000000L, "s32 s32 s32", "sub.sat.s32 %d, %a, %b;", 0x80000000L, 1);
    check(0xFFFF, "u16 u16 u16", "sub.u16 %d, %a, %b;", 0, 1);
    check(0, "u64 u64 u64", "add.u64 %d, %a, %b;", -1, 1);
    check(0xFFFFFFFEL, "b32 u32", "add.s32 %d, %a, -3;", 1);
  }

  @Test
  void products() {
    check(1, "u32 u32 u32", "mul.lo.u32 %d, %a, %b;", 0xFFFFFFFFL, 0xFFFFFFFFL);
    check(0xFFFFFFFEL, "u32 u32 u32", "mul.hi.u32 %d, %a, %b;", 0xFFFFFFFFL, 0xFFFFFFFFL);
    check(0, "s32 s32 s32", "mul.hi.s32 %d, %a, %b;", 0xFFFFFFFFL, 0xFFFFFFFFL);
    check(0xFFFF, "s16 s16 s16", "mul.hi.s16 %d, %a, %b;", 0xFFFF, 2);
    check(0xFFFFFFFE00000001L, "u64 u32 u32", "mul.wide.u32 %d, %a, %b;", 0xFFFFFFFFL, 0xFFFFFFFFL);
    check(-2, "s64 s32 s32", "mul.wide.s32 %d, %a, %b;", 0xFFFFFFFFL, 2);
    check(-2L, "u64 u64 u64", "mul.hi.u64 %d, %a, %b;", -1, -1);
    check(0, "s64 s64 s64", "mul.hi.s64 %d, %a, %b;", -1, -1);
    check(7, "s64 s32 s32 s64", "mad.wide.s32 %d, %a, %b, %c;", 0xFFFFFFFFL, 3, 10);
    check(16, "u32 u32 u32 u32", "mad.lo.u32 %d, %a, %b, %c;", 3, 4, 4);
  }

  @Test
  void quotients() {
    check(0xFFFFFFFDL, "s32 s32 s32", "div.s32 %d, %a, %b;", 0xFFFFFFF9L, 2);
    check(0xFFFFFFFFL, "s32 s32 s32", "rem.s32 %d, %a, %b;", 0xFFFFFFF9L, 2);
    check(0x7FFFFFFCL, "u32 u32 u32", "div.u32 %d, %a, %b;", 0xFFFFFFF9L, 2);
    check(0x7FFFFFFFFFFFFFFFL, "u64 u64 u64", "div.u64 %d, %a, %b;", -1, 2);
    check(1, "u64 u64 u64", "rem.u64 %d, %a, %b;", -1, 2);
    PtxFault fault =
        assertThrows(PtxFault.class, () -> Snippet.run("s32 s32 s32", "div.s32 %d, %a, %b;", 1, 0));
    assertEquals(PtxFault.Kind.UNDEFINED, fault.kind());
  }

  @Test
  void signsAndExtremes() {
    check(0xFFFFFFFFL, "s32 s32", "neg.s32 %d, %a;", 1);
    check(0x8000, "s16 s16", "abs.s16 %d, %a;", 0x8000);
    check(5, "s64 s64", "abs.s64 %d, %a;", -5);
    check(0xFFFFFFFFL, "s32 s32 s32", "min.s32 %d, %a, %b;", 0xFFFFFFFFL, 1);
    check(1, "u32 u32 u32", "min.u32 %d, %a, %b;", 0xFFFFFFFFL, 1);
    check(1, "s16 s16 s16", "max.s16 %d, %a, %b;", 0xFFFF, 1);
    check(-1, "u64 u64 u64", "max.u64 %d, %a, %b;", -1, 1);
  }

  @Test
  void bits() {
    check(16, "u32 b32", "popc.b32 %d, %a;", 0xFFFF0000L);
    check(64, "u32 b64", "popc.b64 %d, %a;", -1);
    check(32, "u32 b32", "clz.b32 %d, %a;", 0);
    check(63, "u32 b64", "clz.b64 %d, %a;", 1);
    check(0xFFFFFFFFL, "u32 u32", "bfind.u32 %d, %a;", 0);
    check(31, "u32 u32", "bfind.u32 %d, %a;", 0x80000000L);
    check(0, "u32 s32", "bfind.s32 %d, %a;", 0xFFFFFFFEL);
    check(30, "u32 s32", "bfind.shiftamt.s32 %d, %a;", 2);
    check(0x80000000L, "b32 b32", "brev.b32 %d, %a;", 1);
    check(Long.MIN_VALUE, "b64 b64", "brev.b64 %d, %a;", 1);
  }

  @Test
  void fields() {
    check(0xFFFFFFF8L, "s32 s32 u32 u32", "bfe.s32 %d, %a, %b, %c;", 0x80, 4, 4);
    check(8, "u32 u32 u32 u32", "bfe.u32 %d, %a, %b, %c;", 0x80, 4, 4);
    check(0, "s32 s32 u32 u32", "bfe.s32 %d, %a, %b, %c;", -1, 4, 0);
    check(0xFFFFFFFFL, "s32 s32 u32 u32", "bfe.s32 %d, %a, %b, %c;", 0x80000000L, 40, 4);
    check(0, "u64 u64 u32 u32", "bfe.u64 %d, %a, %b, %c;", -1, 64, 4);
    check(0xF, "u64 u64 u32 u32", "bfe.u64 %d, %a, %b, %c;", -1, 60, 255);
    check(0xFFFFFF5FL, "b32 b32 b32 u32 u32", "bfi.b32 %d, %a, %b, %c, %e;", 5, -1, 4, 4);
    check(0xAB, "b32 b32 b32 u32 u32", "bfi.b32 %d, %a, %b, %c, %e;", 5, 0xAB, 4, 0);
    check(
        0x5FL << 56, "b64 b64 b64 u32 u32", "bfi.b64 %d, %a, %b, %c, %e;", 0xF5, 15L << 56, 60, 99);
  }
}
