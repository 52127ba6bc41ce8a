package dev.heddle.testkit.ptx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlInstructionTest {
  private static final int THREADS = 64;

  private final DeviceMemory memory = new DeviceMemory();
  private final long out = memory.allocate(8 * THREADS);

  private static String kernel(String body) {
    return Snippet.HEAD
        + """
        .visible .entry k(.param .u64 pout) {
        .shared .align 4 .b8 s[256];
        .reg .b64 %out, %rd<4>;
        .reg .b32 %id, %r<8>;
        .reg .pred %p<4>;
        ld.param.u64 %out, [pout];
        mov.u32 %id, %tid.x;
        mad.wide.u32 %rd0, %id, 4, %out;
        """
        + body
        + "}\n";
  }

  private int[] run(String body) {
    Snippet.launch(kernel(body), memory, 1, THREADS, out);
    ByteBuffer bytes =
        ByteBuffer.wrap(memory.read(out, 4 * THREADS)).order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, THREADS).map(i -> bytes.getInt(4 * i)).toArray();
  }

  private PtxFault fault(String body) {
    return assertThrows(PtxFault.class, () -> run(body));
  }

  @Test
  void loops() {
    int[] got =
        run(
            """
            mov.u32 %r0, 0;
            mov.u32 %r1, %id;
            LOOP:
            setp.eq.u32 %p0, %r1, 0;
            @%p0 bra DONE;
            add.u32 %r0, %r0, %r1;
            sub.u32 %r1, %r1, 1;
            bra.uni LOOP;
            DONE:
            st.global.u32 [%rd0], %r0;
            ret;
            """);
    assertArrayEquals(IntStream.range(0, THREADS).map(i -> i * (i + 1) / 2).toArray(), got);
  }

  @Test
  void guards() {
    int[] got =
        run(
            """
            setp.lt.u32 %p0, %id, 10;
            mov.u32 %r0, 1;
            @!%p0 mov.u32 %r0, 2;
            st.global.u32 [%rd0], %r0;
            """);
    assertArrayEquals(IntStream.range(0, THREADS).map(i -> i < 10 ? 1 : 2).toArray(), got);
  }

  private static final String EXCHANGE =
      """
      mov.u32 %r0, s;
      mad.lo.u32 %r1, %id, 4, %r0;
      st.shared.u32 [%r1], %id;
      bar.sync 0;
      sub.u32 %r2, 63, %id;
      mad.lo.u32 %r3, %r2, 4, %r0;
      ld.shared.u32 %r4, [%r3];
      st.global.u32 [%rd0], %r4;
      """;

  @Test
  void barriers() {
    assertArrayEquals(IntStream.range(0, THREADS).map(i -> 63 - i).toArray(), run(EXCHANGE));
    // without the barrier the first thread reads what nobody has written
    assertEquals(PtxFault.Kind.UNDEFINED, fault(EXCHANGE.replace("bar.sync 0;", "")).kind());
  }

  @Test
  void theOrderOfThreadsCanBeShuffled() {
    PtxModule.load(kernel(EXCHANGE), memory)
        .kernel("k")
        .launch(
            PtxLaunch.of(
                    new PtxLaunch.Size(1, 1, 1),
                    new PtxLaunch.Size(THREADS, 1, 1),
                    Snippet.bytes(out))
                .withOrder(17));
    assertEquals(63, ByteBuffer.wrap(memory.read(out, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  @Test
  void exitedThreadsDoNotHoldABarrier() {
    int[] got =
        run(
            """
            st.global.u32 [%rd0], 7;
            setp.gt.u32 %p0, %id, 40;
            @%p0 exit;
            bar.sync 0;
            st.global.u32 [%rd0], 8;
            """);
    assertArrayEquals(IntStream.range(0, THREADS).map(i -> i > 40 ? 7 : 8).toArray(), got);
  }

  private static final String DIVERGENT =
      """
      setp.lt.u32 %p0, %id, 7;
      @%p0 bra FIRST;
      bar.sync 0;
      ret;
      FIRST:
      bar.sync 0;
      ret;
      """;

  @Test
  void barriersThatDoNotMeet() {
    PtxFault apart =
        fault(
            """
            setp.lt.u32 %p0, %id, 32;
            @%p0 bra FIRST;
            bar.sync 1;
            ret;
            FIRST:
            bar.sync 2;
            ld.shared.u32 %r0, [s];
            ret;
            """);
    // each is complete alone only where a count says so
    assertEquals(PtxFault.Kind.HANG, apart.kind());
    assertEquals(PtxFault.Kind.UNDEFINED, fault(DIVERGENT).kind());
    // without .aligned the threads of a warp may come from different places
    run(DIVERGENT.replace("bar.sync", "barrier.sync"));
  }

  @Test
  void barriersWithCounts() {
    int[] got =
        run(
            """
            setp.lt.u32 %p0, %id, 32;
            @%p0 bra FIRST;
            bar.sync 1, 32;
            bra DONE;
            FIRST:
            bar.sync 2, 32;
            DONE:
            st.global.u32 [%rd0], 3;
            """);
    assertEquals(3 * THREADS, IntStream.of(got).sum());
  }

  @Test
  void barriersWithVotes() {
    int[] got =
        run(
            """
            setp.lt.u32 %p0, %id, 10;
            barrier.red.popc.u32 %r0, 0, %p0;
            barrier.red.or.pred %p1, 0, %p0;
            bar.red.and.pred %p2, 1, !%p0;
            selp.u32 %r1, 100, 0, %p1;
            selp.u32 %r2, 1000, 0, %p2;
            add.u32 %r0, %r0, %r1;
            add.u32 %r0, %r0, %r2;
            st.global.u32 [%rd0], %r0;
            """);
    assertArrayEquals(IntStream.range(0, THREADS).map(i -> 110).toArray(), got);
  }

  @Test
  void trapsAndEndlessLoops() {
    PtxFault trap =
        fault(
            """
            .loc 1 42 3
            setp.eq.u32 %p0, %id, 9;
            @%p0 trap;
            """);
    assertEquals(PtxFault.Kind.TRAP, trap.kind());
    assertTrue(trap.getMessage().contains("source line 42"), trap.getMessage());
    assertTrue(trap.getMessage().contains("thread 9"), trap.getMessage());
    PtxKernel kernel = PtxModule.load(kernel("HERE: bra HERE;"), memory).kernel("k");
    PtxLaunch launch =
        PtxLaunch.of(new PtxLaunch.Size(1, 1, 1), new PtxLaunch.Size(1, 1, 1), Snippet.bytes(out));
    PtxFault endless =
        assertThrows(PtxFault.class, () -> kernel.launch(launch.withInstructions(1000)));
    assertEquals(PtxFault.Kind.HANG, endless.kind());
  }

  @Test
  void idsOfBlocksAndThreads() {
    String text =
        Snippet.HEAD
            + """
            .visible .entry k(.param .u64 pout) .reqntid 2, 3 {
            .reg .b64 %out, %rd<4>;
            .reg .b32 %r<16>;
            ld.param.u64 %out, [pout];
            mov.u32 %r0, %ctaid.z;
            mov.u32 %r1, %nctaid.y;
            mov.u32 %r2, %ctaid.y;
            mad.lo.u32 %r3, %r0, %r1, %r2;
            mov.u32 %r4, %ntid.y;
            mov.u32 %r5, %tid.y;
            mad.lo.u32 %r6, %r3, %r4, %r5;
            mov.u32 %r7, %ntid.x;
            mov.u32 %r8, %tid.x;
            mad.lo.u32 %r9, %r6, %r7, %r8;
            mad.wide.u32 %rd0, %r9, 4, %out;
            st.global.u32 [%rd0], %r9;
            }
            """;
    PtxKernel kernel = PtxModule.load(text, memory).kernel("k");
    PtxLaunch.Size grid = new PtxLaunch.Size(1, 2, 2);
    kernel.launch(PtxLaunch.of(grid, new PtxLaunch.Size(2, 3, 1), Snippet.bytes(out)));
    ByteBuffer bytes = ByteBuffer.wrap(memory.read(out, 96)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 24; i++) {
      assertEquals(i, bytes.getInt(4 * i));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> kernel.launch(PtxLaunch.of(grid, new PtxLaunch.Size(3, 2, 1), Snippet.bytes(out))));
  }

  @Test
  void dynamicSharedMemory() {
    String text =
        Snippet.HEAD
            + """
            .extern .shared .align 16 .b8 dynamic[];
            .visible .entry k() {
            .shared .align 4 .b8 s[4];
            .reg .b32 %r<4>;
            mov.u32 %r0, dynamic;
            st.shared.u32 [%r0+12], 1;
            }
            """;
    PtxKernel kernel = PtxModule.load(text, memory).kernel("k");
    PtxLaunch launch =
        PtxLaunch.of(new PtxLaunch.Size(1, 1, 1), new PtxLaunch.Size(1, 1, 1), new byte[0]);
    kernel.launch(launch.withDynamicShared(16));
    PtxFault fault =
        assertThrows(PtxFault.class, () -> kernel.launch(launch.withDynamicShared(12)));
    assertEquals(PtxFault.Kind.ILLEGAL_ADDRESS, fault.kind());
  }
}
