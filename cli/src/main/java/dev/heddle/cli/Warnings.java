package dev.heddle.cli;

import dev.heddle.compiler.diagnostic.Diagnostic;

/** Shows what the compiler has to say of a program that compiles. */
final class Warnings {
  private Warnings() {}

  static void print(Diagnostic warning) {
    System.err.println(warning.render());
  }
}
