/** What measured times have taught about predictions, kept between runs. */
@org.jspecify.annotations.NullMarked
package dev.heddle.runtime.learn;
