package dev.heddle.backend.cuda;

import dev.heddle.runtime.support.Command;
import dev.heddle.runtime.support.CommandEvent;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Copies one way between host and device by way of a few pieces of pinned memory, so that the
 * processor's copying of one piece and the device's of another go on at once. One copy at a time;
 * the other way has a staging of its own.
 */
final class Staging {
  private static final long PIECE_BYTES = 4 << 20;
  private static final int PIECES = 3;

  /** A piece of pinned memory, and the event after its last use by the device. */
  private record Piece(MemorySegment memory, long used) {}

  private final CudaContext context;
  private final EventPool events;
  private final CudaClock clock;
  private final long stream;
  private final Piece[] pieces = new Piece[PIECES];

  Staging(CudaContext context, EventPool events, CudaClock clock, long stream) {
    this.context = context;
    this.events = events;
    this.clock = clock;
    this.stream = stream;
  }

  /** Takes the pinned memory when it is first needed: most processes run on few devices. */
  private Piece piece(long number, CudaDriver driver) {
    int index = (int) (number % PIECES);
    if (pieces[index] == null) {
      pieces[index] = new Piece(driver.allocateHost(PIECE_BYTES).content(), driver.createEvent());
    }
    return pieces[index];
  }

  /**
   * Returns when the last piece was given to the device.
   *
   * @param to an address with room for all of {@code from}
   */
  synchronized Command copyIn(
      MemorySegment from, long to, List<Command> waits, CommandEvent event, CudaBuffer use) {
    CudaDriver driver = context.driver();
    CudaCommand.follow(driver, stream, waits);
    CudaCommand command = command(use);
    driver.record(command.start(), stream);
    for (long at = 0; at < from.byteSize() && !event.cancelled(); at += PIECE_BYTES) {
      long bytes = Math.min(PIECE_BYTES, from.byteSize() - at);
      Piece piece = piece(at / PIECE_BYTES, driver);
      driver.await(piece.used());
      MemorySegment part = piece.memory().asSlice(0, bytes).copyFrom(from.asSlice(at, bytes));
      driver.copyIn(part, to + at, stream);
      driver.record(piece.used(), stream);
    }
    driver.record(command.end(), stream);
    return command;
  }

  private CudaCommand command(CudaBuffer use) {
    return new CudaCommand(
        context,
        events,
        clock.now(),
        events.take(),
        events.take(),
        java.util.Optional.empty(),
        none -> {},
        List.of(use));
  }

  /** Returns when all is there. */
  synchronized Command copyOut(
      long from, MemorySegment to, List<Command> waits, CommandEvent event, CudaBuffer use) {
    CudaDriver driver = context.driver();
    CudaCommand.follow(driver, stream, waits);
    CudaCommand command = command(use);
    driver.record(command.start(), stream);
    long issued = 0;
    for (long at = 0; at < to.byteSize() && !event.cancelled(); at += PIECE_BYTES) {
      for (; issued < to.byteSize() && issued < at + PIECES * PIECE_BYTES; issued += PIECE_BYTES) {
        Piece piece = piece(issued / PIECE_BYTES, driver);
        long bytes = Math.min(PIECE_BYTES, to.byteSize() - issued);
        driver.copyOut(from + issued, piece.memory().asSlice(0, bytes), stream);
        driver.record(piece.used(), stream);
      }
      Piece piece = piece(at / PIECE_BYTES, driver);
      driver.await(piece.used());
      long bytes = Math.min(PIECE_BYTES, to.byteSize() - at);
      to.asSlice(at, bytes).copyFrom(piece.memory().asSlice(0, bytes));
    }
    driver.record(command.end(), stream);
    return command;
  }
}
