package dev.heddle.cli.selftest;

import java.util.List;

/**
 * The kernels of the library, each with small launches that no local size divides: single items,
 * primes, odd shapes.
 *
 * @param file under the folder of the library
 * @param sizes words {@code NAME=VALUE} that win over the file's header, one string for each launch
 */
public record LibraryKernels(String file, List<String> sizes) {
  private static final List<String> LINEAR = List.of("n=1", "n=17", "n=1009", "n=10007");
  private static final List<String> GRID =
      List.of("width=1 height=1", "width=3 height=5", "width=37 height=53", "width=131 height=7");

  public static final List<LibraryKernels> ALL =
      List.of(
          new LibraryKernels("stream/saxpy.cl", LINEAR),
          new LibraryKernels("stream/copy.cl", LINEAR),
          new LibraryKernels("stream/scale.cl", LINEAR),
          new LibraryKernels("stream/add.cl", LINEAR),
          new LibraryKernels("stream/triad.cl", LINEAR),
          new LibraryKernels("reduction/sum.cl", List.of("n=1", "n=4095", "n=4097", "n=100003")),
          new LibraryKernels("reduction/dot.cl", List.of("n=1", "n=4095", "n=4097", "n=100003")),
          new LibraryKernels("linear-algebra/matmul.cl", List.of("n=1", "n=7", "n=61")),
          new LibraryKernels("linear-algebra/matmul_tiled.cl", List.of("n=1", "n=7", "n=61")),
          new LibraryKernels("linear-algebra/matmul_blocked.cl", List.of("n=4", "n=20", "n=68")),
          new LibraryKernels(
              "linear-algebra/spmv_csr.cl",
              List.of("rows=1 per_row=1", "rows=61 per_row=0", "rows=1009 per_row=7")),
          new LibraryKernels("climate/heat_2d.cl", GRID),
          new LibraryKernels("climate/shallow_water.cl", GRID),
          new LibraryKernels("finance/black_scholes.cl", LINEAR),
          new LibraryKernels(
              "finance/monte_carlo_option.cl",
              List.of("paths=1 steps=1", "paths=61 steps=7", "paths=1009 steps=2")),
          new LibraryKernels(
              "genomics/smith_waterman.cl",
              List.of(
                  "sequences=1 length=1 query_length=1",
                  "sequences=61 length=31 query_length=17",
                  "sequences=127 length=13 query_length=64")),
          new LibraryKernels(
              "genomics/kmer_count.cl",
              List.of("positions=1 k=1", "positions=1009 k=3", "positions=10007 k=5")),
          new LibraryKernels("physics/nbody.cl", List.of("n=1", "n=17", "n=211")),
          new LibraryKernels("fractal/mandelbrot.cl", GRID),
          new LibraryKernels("image/gaussian_blur.cl", GRID),
          new LibraryKernels("image/sobel.cl", GRID),
          new LibraryKernels("image/histogram.cl", List.of("n=1", "n=1009", "n=100003")),
          new LibraryKernels(
              "robotics/voxel_grid.cl", List.of("points=1", "points=1009", "points=10007")),
          new LibraryKernels("neuroscience/spiking_neuron.cl", LINEAR),
          new LibraryKernels(
              "quantum/single_qubit_gate.cl",
              List.of("qubits=1 qubit=0", "qubits=5 qubit=4", "qubits=11 qubit=3")),
          new LibraryKernels("memory/gather.cl", LINEAR),
          new LibraryKernels("hashing/integer_hash.cl", LINEAR));

  @Override
  public String toString() {
    return file;
  }
}
