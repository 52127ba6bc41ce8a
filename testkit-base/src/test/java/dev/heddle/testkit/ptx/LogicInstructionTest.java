package dev.heddle.testkit.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogicInstructionTest {
  private static void check(long wanted, String types, String instruction, long... inputs) {
    long got = Snippet.run(types, instruction, inputs);
    assertEquals(Long.toHexString(wanted), Long.toHexString(got), instruction + " of " + types);
  }

  @Test
  void logic() {
    check(8, "b32 b32 b32", "and.b32 %d, %a, %b;", 12, 10);
    check(14, "b16 b16 b16", "or.b16 %d, %a, %b;", 12, 10);
    check(6, "b64 b64 b64", "xor.b64 %d, %a, %b;", 12, 10);
    check(0xFFF0, "b16 b16", "not.b16 %d, %a;", 15);
    check(0, "pred pred", "not.pred %d, %a;", 1);
    check(1, "pred pred pred", "xor.pred %d, %a, %b;", 1, 0);
    check(1, "b32 b32", "cnot.b32 %d, %a;", 0);
    check(0, "b32 b32", "cnot.b32 %d, %a;", 7);
    // the table of a ? b : c
    check(
        0x0F0F0FF0L,
        "b32 b32 b32 b32",
        "lop3.b32 %d, %a, %b, %c, 0xCA;",
        0xFFFF0000L,
        0x0F0FF0F0L,
        0x0F0F0FF0L);
  }

  @Test
  void shiftAmountsAreClamped() {
    check(0x80000000L, "b32 b32 u32", "shl.b32 %d, %a, %b;", 1, 31);
    check(0, "b32 b32 u32", "shl.b32 %d, %a, %b;", 1, 32);
    check(0, "b32 b32 u32", "shl.b32 %d, %a, %b;", 1, 33);
    check(0, "b16 b16 u32", "shl.b16 %d, %a, %b;", 1, 16);
    check(0, "b64 b64 u32", "shl.b64 %d, %a, %b;", 1, 64);
    check(0, "b64 b64 u32", "shl.b64 %d, %a, %b;", 1, 0xFFFFFFFFL);
    check(0xFFFFFFFFL, "s32 s32 u32", "shr.s32 %d, %a, %b;", 0x80000000L, 32);
    check(0xFFFF, "s16 s16 u32", "shr.s16 %d, %a, %b;", 0x8000, 99);
    check(0, "u32 u32 u32", "shr.u32 %d, %a, %b;", 0x80000000L, 32);
    check(1, "u32 u32 u32", "shr.b32 %d, %a, %b;", 0x80000000L, 31);
    check(-1, "s64 s64 u32", "shr.s64 %d, %a, %b;", Long.MIN_VALUE, 64);
  }

  @Test
  void funnels() {
    check(
        0x34567811L,
        "b32 b32 b32 u32",
        "shf.l.wrap.b32 %d, %a, %b, %c;",
        0x11000000L,
        0x12345678L,
        40);
    check(
        0x11000000L,
        "b32 b32 b32 u32",
        "shf.l.clamp.b32 %d, %a, %b, %c;",
        0x11000000L,
        0x12345678L,
        40);
    check(
        0x78110000L,
        "b32 b32 b32 u32",
        "shf.r.wrap.b32 %d, %a, %b, %c;",
        0x11000000L,
        0x12345678L,
        40);
    check(
        0x12345678L,
        "b32 b32 b32 u32",
        "shf.r.clamp.b32 %d, %a, %b, %c;",
        0x11000000L,
        0x12345678L,
        40);
    check(
        0x12345678L,
        "b32 b32 b32 u32",
        "shf.l.wrap.b32 %d, %a, %b, %c;",
        0x11000000L,
        0x12345678L,
        32);
  }

  @Test
  void permutes() {
    check(0x77665544L, "b32 b32 b32", "prmt.b32 %d, %a, %b, 0x7654;", 0x33221100L, 0x77665544L);
    check(0x00112233L, "b32 b32 b32", "prmt.b32 %d, %a, %b, 0x0123;", 0x33221100L, 0x77665544L);
    check(
        0xFF00FF80L,
        "b32 b32 b32",
        "prmt.b32 %d, %a, %b, 0x8984;",
        0x33220080L,
        0x77665580L & 0xFFFFFF80L);
  }

  @Test
  void selects() {
    check(5, "b32 b32 b32 pred", "selp.b32 %d, %a, %b, %c;", 5, 6, 1);
    check(6, "f32 f32 f32 pred", "selp.f32 %d, %a, %b, %c;", 5, 6, 0);
    // moves keep the bits of a NaN
    check(0x7F800001L, "f32 f32 f32 pred", "selp.f32 %d, %a, %b, %c;", 0x7F800001L, 6, 1);
    check(5, "b64 b64 b64 s32", "slct.b64.s32 %d, %a, %b, %c;", 5, 6, 0);
    check(6, "b64 b64 b64 s32", "slct.b64.s32 %d, %a, %b, %c;", 5, 6, 0x80000000L);
    check(5, "b32 b32 b32 f32", "slct.b32.f32 %d, %a, %b, %c;", 5, 6, 0x80000000L);
    check(6, "b32 b32 b32 f32", "slct.b32.f32 %d, %a, %b, %c;", 5, 6, 0x7FC00000L);
  }

  @Test
  void moves() {
    check(0xFF800001L, "f32 f32", "mov.f32 %d, %a;", 0xFF800001L);
    check(0x3FF0000000000000L, "f64", "mov.f64 %d, 1.0;");
    check(0x3F800000L, "f32", "mov.f32 %d, 0f3F800000;");
    check(0xFFFFFFFFL, "b32", "mov.b32 %d, -1;");
    check(0x0000000200000001L, "b64 b32 b32", "mov.b64 %d, {%a, %b};", 1, 2);
    check(0x0004000300020001L, "b64 b16 b16 b16 b16", "mov.b64 %d, {%a, %b, %c, %e};", 1, 2, 3, 4);
    check(7, "b32 b64", "mov.b64 {_, %d}, %a;", 0x0000000700000001L);
    check(1, "pred pred", "mov.pred %d, %a;", 1);
    check(1, "u32", "mov.u32 %d, %ntid.x;");
    check(1, "u64", "cvt.u64.u32 %d, %nctaid.y;");
  }

  @Test
  void comparisons() {
    check(1, "pred s32 s32", "setp.lt.s32 %d, %a, %b;", 0xFFFFFFFFL, 0);
    check(0, "pred u32 u32", "setp.lo.u32 %d, %a, %b;", 0xFFFFFFFFL, 0);
    check(1, "pred u16 u16", "setp.hs.u16 %d, %a, %b;", 0xFFFF, 0xFFFF);
    check(0, "pred b64 b64", "setp.eq.b64 %d, %a, %b;", 1L << 40, 0);
    check(1, "pred f32 f32", "setp.eq.f32 %d, %a, %b;", 0x80000000L, 0);
    long nan = 0x7FC00000L;
    check(0, "pred f32 f32", "setp.ne.f32 %d, %a, %b;", nan, 0);
    check(1, "pred f32 f32", "setp.neu.f32 %d, %a, %b;", nan, 0);
    check(0, "pred f32 f32", "setp.ge.f32 %d, %a, %b;", nan, 0);
    check(1, "pred f32 f32", "setp.geu.f32 %d, %a, %b;", nan, 0);
    check(0, "pred f32 f32", "setp.num.f32 %d, %a, %b;", nan, 0);
    check(1, "pred f32 f32", "setp.nan.f32 %d, %a, %b;", nan, 0);
    check(0, "pred f64 f64", "setp.ltu.f64 %d, %a, %b;", Double.doubleToRawLongBits(2), 0);
  }

  @Test
  void comparisonsJoinedWithAPredicate() {
    check(1, "pred s32 pred", "setp.eq.and.s32 %d, %a, 1, %b;", 1, 1);
    check(0, "pred s32 pred", "setp.eq.and.s32 %d, %a, 1, !%b;", 1, 1);
    check(1, "pred s32 pred", "setp.eq.or.s32 %d, %a, 1, %b;", 2, 1);
    check(0, "pred s32 pred", "setp.eq.xor.s32 %d, %a, 1, %b;", 1, 1);
    // p = join(t, c), q = join(!t, c)
    check(1, "pred s32 pred", "setp.eq.and.s32 %q|%d, %a, 1, %b;", 2, 1);
    check(0, "pred s32 pred", "setp.eq.and.s32 %q|%d, %a, 1, %b;", 2, 0);
    check(0xFFFFFFFFL, "u32 s32", "set.gt.u32.s32 %d, %a, 1;", 2);
    check(0x3F800000L, "f32 s32", "set.gt.f32.s32 %d, %a, 1;", 2);
    check(0, "s32 f32", "set.gt.s32.f32 %d, %a, 1.0;", 0);
  }
}
