package dev.heddle.compiler.frontend.opencl;

/** What an identifier may stand for. */
sealed interface Symbol {
  record Object(Variable variable) implements Symbol {}

  record Callable(FunctionSymbol function) implements Symbol {}

  record TypeName(Qualified type) implements Symbol {}

  record Enumerator(int value) implements Symbol {}
}
