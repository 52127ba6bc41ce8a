/** The command line. */
module dev.heddle.cli {
  requires transitive dev.heddle.kernels;
  requires dev.heddle.conformance;
  requires dev.heddle.examples;
  requires info.picocli;
  requires com.fasterxml.jackson.core;
  requires static org.jspecify;

  uses dev.heddle.cli.cluster.ClusterRunner;

  exports dev.heddle.cli.data to
      dev.heddle.bench;
  exports dev.heddle.cli.run to
      dev.heddle.bench;
  exports dev.heddle.cli.spec to
      dev.heddle.bench;

  opens dev.heddle.cli to
      info.picocli;
  opens dev.heddle.cli.spec to
      info.picocli;
}
