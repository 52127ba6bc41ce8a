package dev.heddle.compiler.frontend.java;

import java.lang.classfile.Instruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A basic block of bytecode. */
final class Block {
  /** An instruction and its source line, 0 if unknown. */
  record Step(Instruction instruction, int line) {}

  final int index;
  final List<Step> steps = new ArrayList<>();
  final List<Block> successors = new ArrayList<>();
  final List<Block> predecessors = new ArrayList<>();

  /** Local variables that are read before they are written, here or later. */
  final BitSet liveIn = new BitSet();

  /** Local variables that are written here. */
  final BitSet stored = new BitSet();

  /** The loops that the block is in, by their headers' indices. */
  final BitSet loops = new BitSet();

  /** The headers of those loops. */
  final List<Block> headers = new ArrayList<>();

  /** For a loop header: the local variables that the loop writes. */
  final BitSet storedInLoop = new BitSet();

  boolean header;

  /** For a loop header: whether the loop ends whatever its body loads. */
  boolean counted;

  /** Position in reverse postorder, -1 if unreachable. */
  int order = -1;

  Block(int index) {
    this.index = index;
  }

  /** Whether a fault could keep a work-item here for ever. */
  boolean mayCircle() {
    return headers.stream().anyMatch(loop -> !loop.counted);
  }

  /** Whether control that comes from there starts another trip of a loop. */
  boolean isBackEdgeFrom(Block from) {
    return header && from.loops.get(index) && from.order >= order;
  }
}
