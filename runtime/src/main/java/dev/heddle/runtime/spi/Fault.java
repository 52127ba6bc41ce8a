package dev.heddle.runtime.spi;

/**
 * What a work-item did wrong.
 *
 * @param site number of the op, by {@link dev.heddle.compiler.analysis.FaultSites} over the
 *     function that the device was given
 * @param offset byte offset of a bounds fault; else 0
 * @param size bytes of the object accessed; else 0
 * @param x global id of the work-item, and {@code y}, {@code z}
 */
public record Fault(int site, long offset, long size, long x, long y, long z) {}
