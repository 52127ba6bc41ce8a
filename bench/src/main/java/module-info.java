/** Side-by-side comparisons with other systems. */
module dev.heddle.bench {
  // on the class path of bench/lambdas alone
  requires static aparapi;
  requires dev.heddle.cli;
  requires com.fasterxml.jackson.core;
  // for the bytes that a thread allocates, in bench/run alone
  requires static jdk.management;
  requires static org.jspecify;
}
