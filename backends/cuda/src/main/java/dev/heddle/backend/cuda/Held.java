package dev.heddle.backend.cuda;

/** Something of a device's that is freed when it is closed and nothing issued uses it any more. */
abstract class Held implements AutoCloseable {
  private final CudaDevice device;
  private int users;
  private boolean closed;
  private boolean freed;

  Held(CudaDevice device) {
    this.device = device;
  }

  CudaDevice device() {
    return device;
  }

  /** Gives back what it stands for; called once, under the device's lock. */
  abstract void free();

  /** Keeps it while something that was issued uses it. */
  synchronized void hold() {
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
    users++;
  }

  /** Ends a {@link #hold}. */
  void letGo() {
    synchronized (this) {
      users--;
    }
    freeIfUnused();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    freeIfUnused();
  }

  private void freeIfUnused() {
    synchronized (this) {
      if (!closed || users > 0 || freed) {
        return;
      }
      freed = true;
    }
    device.release(this::free);
  }
}
