package dev.heddle.runtime.api;

import java.lang.reflect.Array;

/** An array whose elements the host reads and writes one by one, boxed. */
sealed interface HostArray {
  long size();

  Object get(int index);

  void set(int index, Object value);

  /** A Java array. */
  record Java(Object array) implements HostArray {
    @Override
    public long size() {
      return Array.getLength(array);
    }

    @Override
    public Object get(int index) {
      return Array.get(array, index);
    }

    @Override
    public void set(int index, Object value) {
      Array.set(array, index, value);
    }
  }

  /** An array of a session. */
  record OfSession(SessionArray array) implements HostArray {
    @Override
    public long size() {
      return array.size();
    }

    @Override
    public Object get(int index) {
      return Numbers.read(array.contents(), array.element(), index);
    }

    @Override
    public void set(int index, Object value) {
      Numbers.write(array.writable(), array.element(), index, value);
    }
  }

  static HostArray[] of(Object[] arrays) {
    HostArray[] views = new HostArray[arrays.length];
    for (int i = 0; i < views.length; i++) {
      views[i] =
          arrays[i] instanceof SessionArray array ? new OfSession(array) : new Java(arrays[i]);
    }
    return views;
  }
}
