/** The command line. */
module dev.heddle.cli {
  requires dev.heddle.kernels;
  requires info.picocli;
  requires com.fasterxml.jackson.core;
  requires static org.jspecify;

  opens dev.heddle.cli to
      info.picocli;
  opens dev.heddle.cli.spec to
      info.picocli;
}
