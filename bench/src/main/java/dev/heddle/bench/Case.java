package dev.heddle.bench;

import java.util.List;

/**
 * One comparison: kernels of the library, launched in order, and their C twin.
 *
 * @param name shown in the table
 * @param file of the kernel library
 * @param values the words {@code NAME=VALUE} that set the sizes; they win over the file's header
 * @param twins C functions that take the same arguments; the first is the reference
 * @param twinArguments names of the values and buffers that the twin takes
 * @param outputs buffers to compare
 * @param tolerance largest difference of an output to the reference, relative to its largest value;
 *     the twins may contract and order their arithmetic otherwise
 */
record Case(
    String name,
    String file,
    List<String> values,
    List<String> twins,
    List<String> twinArguments,
    List<String> outputs,
    double tolerance) {

  /** The ten kernels. */
  static final List<Case> ALL =
      List.of(
          new Case(
              "triad, 64M",
              "stream/triad.cl",
              List.of("n=1<<26"),
              List.of("triad"),
              List.of("n", "s", "b", "c", "a"),
              List.of("a"),
              1e-6),
          new Case(
              "Black-Scholes, 4M",
              "finance/black_scholes.cl",
              List.of("n=1<<22"),
              List.of("black_scholes"),
              List.of("n", "rate", "volatility", "spot", "strike", "years", "call", "put"),
              List.of("call", "put"),
              1e-3),
          new Case(
              "Mandelbrot, 1024^2 x 256",
              "fractal/mandelbrot.cl",
              List.of("width=1024", "height=1024"),
              List.of("mandelbrot_intrinsics", "mandelbrot"),
              List.of("width", "height", "limit", "left", "top", "step", "iterations"),
              List.of("iterations"),
              256),
          new Case(
              "n-body, 16K",
              "physics/nbody.cl",
              List.of("n=1<<14"),
              List.of("nbody"),
              List.of(
                  "n",
                  "dt",
                  "softening2",
                  "x",
                  "y",
                  "z",
                  "mass",
                  "vx",
                  "vy",
                  "vz",
                  "x_next",
                  "y_next",
                  "z_next"),
              List.of("x_next", "vx"),
              1e-2),
          new Case(
              "5-point stencil, 4096^2",
              "climate/heat_2d.cl",
              List.of("width=4096", "height=4096"),
              List.of("heat_2d"),
              List.of("width", "height", "k", "before", "after"),
              List.of("after"),
              1e-4),
          new Case(
              "matmul, 1024",
              "linear-algebra/matmul.cl",
              List.of("n=1024"),
              List.of("matmul", "matmul_ikj"),
              List.of("n", "a", "b", "c"),
              List.of("c"),
              1e-2),
          new Case(
              "matmul, 4 x 4 in registers, 1024",
              "linear-algebra/matmul_blocked.cl",
              List.of("n=1024"),
              List.of("matmul_blocked"),
              List.of("n", "a", "b", "c"),
              List.of("c"),
              1e-2),
          new Case(
              "gather from 16M",
              "memory/gather.cl",
              List.of("n=1<<24"),
              List.of("gather"),
              List.of("n", "table", "index", "out"),
              List.of("out"),
              0),
          new Case(
              "sum of 64M",
              "reduction/sum.cl",
              List.of("n=1<<26"),
              List.of("sum"),
              List.of("n", "x", "partial", "total"),
              List.of("total"),
              1e-5),
          new Case(
              "integer hash, 16M x 8",
              "hashing/integer_hash.cl",
              List.of("n=1<<24"),
              List.of("integer_hash"),
              List.of("n", "keys", "hashes"),
              List.of("hashes"),
              0));
}
