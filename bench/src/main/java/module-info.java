/** Side-by-side comparisons with other systems. */
module dev.heddle.bench {
  // on the class path of bench/lambdas alone
  requires static aparapi;
  requires dev.heddle.cli;
  requires com.fasterxml.jackson.core;
  requires jdk.management;
  requires static org.jspecify;
}
