/**
 * What every device must compute bit for bit as the reference interpreter does: each operator,
 * conversion, function and atomic of the IR, over special and random operands. The self-test and
 * the back ends' tests share these cases; how results are shown lives elsewhere.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.conformance;
