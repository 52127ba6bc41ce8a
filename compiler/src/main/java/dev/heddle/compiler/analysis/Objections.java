package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.Conflicts.Meeting;

/** Says in a sentence why two accesses stand against a split. */
final class Objections {
  private Objections() {}

  static String describe(Touch first, Touch second, Meeting meeting, int dimension) {
    Touch writer = second.kind() == Touch.Kind.WRITE || !first.writes() ? second : first;
    Touch other = writer == second ? first : second;
    String shared =
        writer.root().equals(other.root())
            ? ""
            : "; " + writer.root().name() + " and " + other.root().name() + " share memory";
    if (writer.kind() == Touch.Kind.ATOMIC && other.kind() == Touch.Kind.ATOMIC) {
      return same(writer, other)
          ? Wording.access(writer) + " is updated atomically by several chunks" + shared
          : Wording.access(writer)
              + " and "
              + Wording.access(other)
              + " update the same place atomically in different chunks"
              + shared;
    }
    return sentence(writer, other, meeting, dimension) + because(writer, other) + shared;
  }

  private static boolean same(Touch a, Touch b) {
    return a == b;
  }

  private static String sentence(Touch writer, Touch other, Meeting meeting, int dimension) {
    if (same(writer, other)) {
      return writer.offset().isConstant()
          ? Wording.access(writer) + " is written by every chunk"
          : Wording.access(writer)
              + " is not proven to be a different place in every chunk along "
              + Wording.axis(dimension);
    }
    if (other.writes()) {
      return Wording.access(other)
          + " and "
          + Wording.access(writer)
          + " write the same place in different chunks";
    }
    // the reader was first: difference is its id less the writer's
    String whose = neighbour(meeting);
    return Wording.access(other)
        + " reads what "
        + whose
        + " writes"
        + (writer.span().line() > 0 ? " at line " + writer.span().line() : "");
  }

  private static String neighbour(Meeting meeting) {
    return Math.abs(meeting.difference()) == 1 ? "the neighbouring chunk" : "another chunk";
  }

  private static String because(Touch writer, Touch other) {
    String why = Wording.uncertainty(other.offset());
    if (why.isEmpty()) {
      why = Wording.uncertainty(writer.offset());
    }
    return why.isEmpty() ? "" : ": " + why;
  }
}
