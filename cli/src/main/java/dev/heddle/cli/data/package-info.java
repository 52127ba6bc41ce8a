/** Buffers from words, and words from buffers: generators, files, summaries. */
@org.jspecify.annotations.NullMarked
package dev.heddle.cli.data;
