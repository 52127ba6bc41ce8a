package dev.heddle.testkit.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ISA forbids is an error that names its line. */
class PtxErrorsTest {
  private static String kernel(String body) {
    return Snippet.HEAD
        + """
        .visible .entry k(.param .u64 p) {
        .reg .b64 %rd<4>;
        .reg .b32 %r<4>;
        .reg .u32 %u<4>;
        .reg .b16 %h<4>;
        .reg .f32 %f<4>;
        .reg .f64 %fd<4>;
        .reg .pred %p<4>;
        """
        + body
        + "\n}\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          add.s32 %r0, %r1, %rd0;          | %rd0 is b64
          add.s32 %r0, %f1, %r0;           | %f1 is f32
          add.rn.f32 %f0, %u1, %f0;        | %u1 is u32
          add.rn.f32 %f0, %f1, 1;          | integer 1 as f32
          add.s32 %r0, %r1, 0f3F800000;    | constant of another type
          add.rn.f64 %fd0, %fd1, 0f3F800000; | constant of another type
          shl.b64 %rd0, %rd1, %rd2;        | %rd2 is b64
          mov.u64 %rd0, %tid.x;            | is a u32
          add.u32 %r0, %tid.x, 1;          | expected a register
          mov.u32 %r0, %r9;                | unknown name %r9
          bra NOWHERE;                     | no such label
          ld.global.u64 %r0, [%rd0];       | %r0 is b32
          ld.global.f32 %fd0, [%rd0];      | %fd0 is f64
          ld.global.f32 %u0, [%rd0];       | %u0 is u32
          ld.global.u32 %f0, [%rd0];       | %f0 is f32
          st.global.u32 [%f0], %r0;        | holds no address
          st.param.u32 [p], %r0;           | a store to PARAM
          ld.shared.u32 %r0, [p];          | lies in PARAM
          ld.global.v4.u64 {%rd0,%rd1,%rd2,%rd3}, [%rd0]; | more than 16
          ld.global.v2.u32 %r0, [%rd0];    | 2 elements
          ld.shared.nc.u32 %r0, [%rd0];    | .nc
          setp.lo.s32 %p0, %r0, %r1;       | lo does not compare s32
          setp.lt.b32 %p0, %r0, %r1;       | lt does not compare b32
          setp.eq.s32 %r0, %r0, %r1;       | %r0 is b32
          selp.b32 %r0, %r0, %r1, %r2;     | %r2 is b32
          mul.wide.u64 %rd0, %rd1, %rd2;   | 64-bit
          mul.u32 %r0, %r1, %r2;           | lo, hi, wide
          atom.global.add.s64 %rd0, [%rd1], %rd2; | type s64
          red.global.exch.b32 [%rd1], %r0; | red has no
          frob.u32 %r0, %r1;               | unknown instruction frob
          add.u32 %r0, %r1;                | number of operands
          add.u32.u32 %r0, %r1, %r2;       | modifier
          mov.b16 %h0, 0x12345;            | does not fit
          @%r0 ret;                        | no predicate
          .tex %r0;                        | unknown directive
          """)
  void refused(String statement, String reason) {
    PtxException error =
        assertThrows(
            PtxException.class, () -> PtxModule.load(kernel(statement), new DeviceMemory()));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
    assertTrue(error.getMessage().startsWith("line 12:"), error.getMessage());
  }

  @Test
  void registersBelongToTheirBlock() {
    PtxModule.load(kernel("{ .reg .b32 %x; mov.b32 %x, 1; }"), new DeviceMemory());
    assertThrows(
        PtxException.class,
        () ->
            PtxModule.load(
                kernel("{ .reg .b32 %x; mov.b32 %x, 1; }\nmov.b32 %x, 2;"), new DeviceMemory()));
  }

  @Test
  void whatAFileSays() {
    PtxModule module = PtxModule.load(kernel("ret;"), new DeviceMemory());
    assertEquals("sm_75", module.target());
    assertEquals("7.0", module.version());
    PtxKernel kernel = module.kernel("k");
    assertEquals(28, kernel.registers());
    assertEquals(1, kernel.instructions());
    assertEquals(8, kernel.parameters().getFirst().bytes());
    assertThrows(IllegalArgumentException.class, () -> module.kernel("other"));
  }
}
