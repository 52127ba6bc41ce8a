/** Side-by-side comparisons with other systems. */
module dev.heddle.bench {
  requires aparapi;
  requires dev.heddle.cli;
  requires com.fasterxml.jackson.core;
  requires static org.jspecify;
}
