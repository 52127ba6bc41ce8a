package dev.heddle.runtime.function;

import java.io.Serializable;

/** What each work-item does that knows its work-group. */
@FunctionalInterface
public interface GroupBody extends Serializable {
  void at(WorkItem item);
}
