package dev.heddle.compiler.ir;

import java.util.Arrays;

/** An immutable byte sequence that is compared by content. */
public final class Bytes {
  private final byte[] content;

  public Bytes(byte[] content) {
    this.content = content.clone();
  }

  public int length() {
    return content.length;
  }

  public byte[] toArray() {
    return content.clone();
  }

  public byte at(int index) {
    return content[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "bytes[" + content.length + "]";
  }
}
