package dev.heddle.testkit.ptx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class MemoryInstructionTest {
  private final DeviceMemory memory = new DeviceMemory();
  private final long in = memory.allocate(64);
  private final long out = memory.allocate(64);

  MemoryInstructionTest() {
    byte[] bytes = new byte[64];
    for (int i = 0; i < 64; i++) {
      bytes[i] = (byte) (i + 0x80);
    }
    memory.write(in, bytes);
    memory.fill(out, (byte) 0, 64);
  }

  /** Runs statements with %in and %out set to global addresses. */
  private void run(String variables, String body) {
    String text =
        Snippet.HEAD
            + variables
            + """
            .visible .entry k(.param .u64 pin, .param .u64 pout) {
            .reg .b64 %in, %out, %rd<8>;
            .reg .b32 %r<8>;
            .reg .b16 %h<4>;
            .reg .f32 %f<4>;
            ld.param.u64 %in, [pin];
            ld.param.u64 %out, [pout];
            """
            + body
            + "}\n";
    Snippet.launch(text, memory, 1, 1, in, out);
  }

  private PtxFault fault(String variables, String body) {
    return assertThrows(PtxFault.class, () -> run(variables, body));
  }

  private ByteBuffer result() {
    return ByteBuffer.wrap(memory.read(out, 64)).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void narrowLoadsAreExtended() {
    run(
        "",
        """
        ld.global.s8 %r0, [%in];
        st.global.b32 [%out], %r0;
        ld.global.u8 %r0, [%in+1];
        st.global.b32 [%out+4], %r0;
        ld.global.s16 %rd0, [%in+2];
        st.global.b64 [%out+8], %rd0;
        ld.global.b16 %r0, [%in+2];
        st.global.b32 [%out+16], %r0;
        st.global.b8 [%out+21], %r0;
        """);
    ByteBuffer got = result();
    assertEquals(0xFFFFFF80, got.getInt(0));
    assertEquals(0x81, got.getInt(4));
    assertEquals(0xFFFFFFFFFFFF8382L, got.getLong(8));
    assertEquals(0x8382, got.getInt(16));
    assertEquals(0x00008200, got.getInt(20));
  }

  @Test
  void vectors() {
    run(
        "",
        """
        ld.global.nc.v4.b32 {%r0, %r1, %r2, %r3}, [%in];
        st.global.v4.b32 [%out], {%r3, %r2, %r1, %r0};
        ld.global.v2.u8 {%h0, %h1}, [%in+2];
        st.global.v2.b16 [%out+16], {%h0, %h1};
        """);
    ByteBuffer got = result();
    assertEquals(0x8F8E8D8C, got.getInt(0));
    assertEquals(0x83828180, got.getInt(12));
    assertEquals(0x00830082, got.getInt(16));
  }

  @Test
  void otherSpaces() {
    run(
        """
        .const .align 8 .b32 table[4] = {1, 0xFFFFFFFE, -3};
        .global .f32 number = 1.5;
        """,
        """
        .shared .align 8 .b8 s[16];
        .local .align 4 .b8 l[8];
        ld.const.u32 %r0, [table+4];
        st.shared.u32 [s+8], %r0;
        ld.shared.u32 %r1, [s+8];
        st.local.u32 [l+4], %r1;
        mov.u64 %rd0, l;
        cvta.local.u64 %rd1, %rd0;
        ld.u32 %r2, [%rd1+4];
        st.global.u32 [%out], %r2;
        mov.u32 %r3, s;
        ld.shared.u32 %r4, [%r3+8];
        st.global.u32 [%out+4], %r4;
        mov.u64 %rd2, table;
        cvta.const.u64 %rd3, %rd2;
        ld.u32 %r5, [%rd3+12];
        cvta.to.global.u64 %rd4, %out;
        st.u32 [%rd4+8], %r5;
        ld.global.f32 %f0, [number];
        st.global.f32 [%out+12], %f0;
        """);
    ByteBuffer got = result();
    assertEquals(0xFFFFFFFE, got.getInt(0));
    assertEquals(0xFFFFFFFE, got.getInt(4));
    assertEquals(0, got.getInt(8));
    assertEquals(1.5f, got.getFloat(12));
  }

  @Test
  void outOfRangeIsIllegal() {
    for (String access :
        new String[] {
          "ld.global.u32 %r0, [%in+64];",
          "ld.global.u64 %rd0, [%in+-8];",
          "st.global.u8 [%out+64], 0;",
          "ld.global.u32 %r0, [16];",
          "ld.shared.u32 %r0, [16];",
          "ld.u32 %r0, [16];"
        }) {
      PtxFault fault = fault(".shared .b8 s[16];", access);
      assertEquals(PtxFault.Kind.ILLEGAL_ADDRESS, fault.kind(), access);
      assertTrue(fault.getMessage().contains(access.substring(0, 9)), fault.getMessage());
    }
  }

  @Test
  void misaligned() {
    for (String access :
        new String[] {
          "ld.global.u32 %r0, [%in+2];",
          "ld.global.v2.u32 {%r0, %r1}, [%in+4];",
          "atom.global.add.u32 %r0, [%in+1], 1;",
          "st.global.u16 [%out+1], 0;"
        }) {
      assertEquals(PtxFault.Kind.MISALIGNED_ADDRESS, fault("", access).kind(), access);
    }
  }

  @Test
  void freedMemoryIsIllegal() {
    long gone = memory.allocate(16);
    memory.free(gone);
    PtxFault fault = fault("", "ld.global.u32 %r0, [" + gone + "];");
    assertEquals(PtxFault.Kind.ILLEGAL_ADDRESS, fault.kind());
  }

  @Test
  void whatNobodyWroteIsReported() {
    assertEquals(
        PtxFault.Kind.UNDEFINED, fault(".shared .b8 s[16];", "ld.shared.u32 %r0, [s];").kind());
    assertEquals(PtxFault.Kind.UNDEFINED, fault("", "st.global.u32 [%out], %r0;").kind());
    long fresh = memory.allocate(16);
    PtxFault fault = fault("", "ld.global.u32 %r0, [" + fresh + "];");
    assertEquals(PtxFault.Kind.UNDEFINED, fault.kind());
  }

  @Test
  void constantLoadsOfWhatTheKernelWrites() {
    assertEquals(
        PtxFault.Kind.UNDEFINED,
        fault("", "st.global.u32 [%out], 1;\nld.global.nc.u32 %r0, [%out];").kind());
    assertEquals(
        PtxFault.Kind.UNDEFINED,
        fault("", "ld.global.nc.u32 %r0, [%out];\nst.global.u32 [%out], 1;").kind());
    // another launch may
    run("", "st.global.u32 [%out], 1;");
    run("", "ld.global.nc.u32 %r0, [%out];");
  }

  @Test
  void atomics() {
    memory.write(out, new byte[64]);
    run(
        "",
        """
        atom.global.add.u32 %r0, [%out], 5;
        atom.relaxed.gpu.global.min.s32 %r1, [%out+4], -7;
        atom.global.max.u32 %r2, [%out+8], -7;
        atom.global.exch.b32 %r3, [%out+12], 9;
        atom.global.cas.b32 %r4, [%out+12], 9, 10;
        atom.global.cas.b32 %r5, [%out+12], 9, 11;
        red.global.xor.b64 [%out+16], 3;
        red.global.inc.u32 [%out+24], 0;
        red.global.dec.u32 [%out+28], 4;
        atom.add.f32 %f0, [%out+32], 1.5;
        st.global.v4.b32 [%out+48], {%r0, %r3, %r4, %r5};
        """);
    ByteBuffer got = result();
    assertEquals(5, got.getInt(0));
    assertEquals(-7, got.getInt(4));
    assertEquals(-7, got.getInt(8));
    assertEquals(10, got.getInt(12));
    assertEquals(3, got.getLong(16));
    assertEquals(0, got.getInt(24));
    assertEquals(4, got.getInt(28));
    assertEquals(1.5f, got.getFloat(32));
    assertArrayEquals(
        new int[] {0, 0, 9, 10},
        new int[] {got.getInt(48), got.getInt(52), got.getInt(56), got.getInt(60)});
  }
}
