package dev.heddle.compiler.interp;

import dev.heddle.compiler.interp.InterpResult.Item;
import dev.heddle.compiler.interp.InterpResult.Race;
import dev.heddle.compiler.interp.InterpResult.RaceKind;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Op;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Finds conflicting accesses of different work-items that nothing orders. It keeps for every byte
 * who wrote it, who read it and who used it atomically, and compares each access with those: what
 * counts is whether a barrier lies between two accesses, not in which order they happened to be
 * interpreted. Work-items of different groups are never ordered.
 */
final class RaceDetector {
  /** What an access does. */
  enum Kind {
    READ,
    WRITE,
    ATOMIC;

    boolean conflictsWith(Kind other) {
      return this != other || this == WRITE;
    }
  }

  /** Who accesses now, and how many barriers that order such accesses came before. */
  record Accessor(long group, int item, int epoch, Op op) {}

  private record Shadow(ShadowMemory reads, ShadowMemory writes, ShadowMemory atomics) {
    Shadow() {
      this(new ShadowMemory(), new ShadowMemory(), new ShadowMemory());
    }

    ShadowMemory of(Kind kind) {
      return switch (kind) {
        case READ -> reads;
        case WRITE -> writes;
        case ATOMIC -> atomics;
      };
    }
  }

  private static final Kind[] KINDS = Kind.values();

  private final Group group;
  private final Reports reports;
  private final Map<Memory, Shadow> shadows = new IdentityHashMap<>();

  RaceDetector(Group group, Reports reports) {
    this.group = group;
    this.reports = reports;
  }

  /** Forgets what is known of memory that every group has anew. */
  void startGroup(Iterable<Binding> bindings) {
    for (Binding binding : bindings) {
      if (binding.isOfGroup()) {
        shadows.remove(binding.memory());
      }
    }
  }

  /** Takes note of an access, and reports what it conflicts with, once for all its bytes. */
  void access(Kind kind, Binding binding, long address, int bytes, Op op, int item) {
    Shadow shadow = shadows.computeIfAbsent(binding.memory(), memory -> new Shadow());
    boolean local = binding.root().space() == AddressSpace.LOCAL;
    int epoch = local ? group.localEpoch() : group.globalEpoch();
    Accessor me = new Accessor(group.linear(), item, epoch, op);
    boolean reported = false;
    for (long at = address; at < address + bytes; at++) {
      reported = reported || conflicts(shadow, kind, binding, at, me);
      shadow.of(kind).pageToWrite(at).add(ShadowMemory.cell(at), me);
    }
  }

  private boolean conflicts(Shadow shadow, Kind kind, Binding binding, long address, Accessor me) {
    for (Kind other : KINDS) {
      AccessTrack track = kind.conflictsWith(other) ? shadow.of(other).page(address) : null;
      int place = track == null ? -1 : track.conflict(ShadowMemory.cell(address), me);
      if (track != null && place >= 0) {
        Item first = group.grid().item(track.group(place), track.item(place));
        Item second = group.item(me.item());
        RaceKind found = kindOf(other, kind);
        reports.race(
            new Race(found, binding.root(), address, track.op(place), first, me.op(), second));
        return true;
      }
    }
    return false;
  }

  private static RaceKind kindOf(Kind first, Kind second) {
    if (first == Kind.ATOMIC || second == Kind.ATOMIC) {
      return RaceKind.ATOMIC_PLAIN;
    }
    if (first == Kind.READ) {
      return RaceKind.READ_WRITE;
    }
    return second == Kind.READ ? RaceKind.WRITE_READ : RaceKind.WRITE_WRITE;
  }
}
