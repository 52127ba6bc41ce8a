/**
 * What a run is given and what it gives back: ranges, options, results and errors. Plain data, no
 * behaviour of the runtime.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.runtime.run;
