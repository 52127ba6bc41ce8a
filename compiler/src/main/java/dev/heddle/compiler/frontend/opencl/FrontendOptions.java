package dev.heddle.compiler.frontend.opencl;

import java.util.List;
import java.util.Objects;

/**
 * How sources are compiled.
 *
 * @param macros as after {@code -D}, in order: {@code NAME}, {@code NAME=VALUE}, {@code F(x)=...}
 * @param includes finds included files
 * @param contract whether {@code a*b+c} in one expression is fused where no pragma says otherwise
 */
public record FrontendOptions(List<String> macros, IncludeResolver includes, boolean contract) {
  /** No macros, no includes, contraction on. */
  public static final FrontendOptions DEFAULT =
      new FrontendOptions(List.of(), IncludeResolver.NONE, true);

  public FrontendOptions {
    macros = List.copyOf(macros);
    Objects.requireNonNull(includes);
  }

  public FrontendOptions withMacros(List<String> newMacros) {
    return new FrontendOptions(newMacros, includes, contract);
  }

  public FrontendOptions withIncludes(IncludeResolver newIncludes) {
    return new FrontendOptions(macros, newIncludes, contract);
  }

  public FrontendOptions withContract(boolean newContract) {
    return new FrontendOptions(macros, includes, newContract);
  }
}
