/** Side-by-side comparisons with other systems. */
module dev.heddle.bench {
  requires dev.heddle.cli;
  requires static org.jspecify;
}
