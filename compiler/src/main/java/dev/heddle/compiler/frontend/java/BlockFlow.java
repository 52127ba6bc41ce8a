package dev.heddle.compiler.frontend.java;

import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Orders the blocks of a method, and finds its loops and which local variables are live where. */
final class BlockFlow {
  private final List<Block> order = new ArrayList<>();

  BlockFlow(List<Block> all) {
    number(all.getFirst(), all.size());
    for (Block block : order) {
      block.successors.forEach(next -> next.predecessors.add(block));
    }
    findLoops();
    findLive();
  }

  List<Block> reachable() {
    return order;
  }

  /** Depth first, with a stack of its own since methods may be long. */
  private void number(Block entry, int count) {
    BitSet seen = new BitSet(count);
    BitSet open = new BitSet(count);
    Deque<Block> path = new ArrayDeque<>();
    int[] next = new int[count];
    path.push(entry);
    seen.set(entry.index);
    open.set(entry.index);
    while (!path.isEmpty()) {
      Block block = path.getFirst();
      if (next[block.index] == block.successors.size()) {
        path.pop();
        open.clear(block.index);
        order.add(block);
        continue;
      }
      // the way that control falls through is visited last, so that it comes first in the order
      int position = block.successors.size() - 1 - next[block.index]++;
      Block successor = block.successors.get(position);
      if (open.get(successor.index)) {
        successor.header = true;
      }
      if (!seen.get(successor.index)) {
        seen.set(successor.index);
        open.set(successor.index);
        path.push(successor);
      }
    }
    Collections.reverse(order);
    for (int i = 0; i < order.size(); i++) {
      order.get(i).order = i;
    }
  }

  private void findLoops() {
    for (Block header : order) {
      if (header.header) {
        fill(header);
      }
    }
    for (Block block : order) {
      block.steps.forEach(step -> noteStore(block, step));
    }
    for (Block block : order) {
      for (Block header : order) {
        if (block.loops.get(header.index)) {
          block.headers.add(header);
          header.storedInLoop.or(block.stored);
        }
      }
    }
    for (Block header : order) {
      header.counted = header.header && CountedLoops.counted(header, order);
    }
  }

  /** Marks what reaches the header again without passing it. */
  private void fill(Block header) {
    Deque<Block> work = new ArrayDeque<>();
    header.loops.set(header.index);
    for (Block from : header.predecessors) {
      if (from.order >= header.order) {
        work.push(from);
      }
    }
    while (!work.isEmpty()) {
      Block block = work.pop();
      if (!block.loops.get(header.index)) {
        block.loops.set(header.index);
        block.predecessors.forEach(work::push);
      }
    }
  }

  private static void noteStore(Block block, Block.Step step) {
    switch (step.instruction()) {
      case StoreInstruction store -> block.stored.set(store.slot());
      case IncrementInstruction increment -> block.stored.set(increment.slot());
      default -> {}
    }
  }

  private void findLive() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : order.reversed()) {
        BitSet live = new BitSet();
        block.successors.forEach(next -> live.or(next.liveIn));
        for (Block.Step step : block.steps.reversed()) {
          switch (step.instruction()) {
            case StoreInstruction store -> live.clear(store.slot());
            case LoadInstruction load -> live.set(load.slot());
            case IncrementInstruction increment -> live.set(increment.slot());
            default -> {}
          }
        }
        if (!live.equals(block.liveIn)) {
          block.liveIn.clear();
          block.liveIn.or(live);
          changed = true;
        }
      }
    }
  }
}
