/** The Heddle compiler: sources to IR, passes, analyses and the reference interpreter. */
module dev.heddle.compiler {
  requires static org.jspecify;

  exports dev.heddle.compiler.analysis;
  exports dev.heddle.compiler.diagnostic;
  exports dev.heddle.compiler.frontend.java;
  exports dev.heddle.compiler.frontend.opencl;
  exports dev.heddle.compiler.interp;
  exports dev.heddle.compiler.ir;
  exports dev.heddle.compiler.pass;
  exports dev.heddle.compiler.print;
  exports dev.heddle.compiler.verify;
}
