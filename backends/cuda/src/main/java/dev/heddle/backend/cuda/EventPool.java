package dev.heddle.backend.cuda;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Driver events that are used again, since making them costs as much as a small launch. */
final class EventPool {
  private final CudaContext context;
  private final ConcurrentLinkedQueue<Long> free = new ConcurrentLinkedQueue<>();

  EventPool(CudaContext context) {
    this.context = context;
  }

  /** An event that nobody else uses. */
  long take() {
    Long event = free.poll();
    return event != null ? event : context.driver().createEvent();
  }

  /** Takes an event back that nobody waits for any more. */
  void give(long event) {
    free.add(event);
  }
}
