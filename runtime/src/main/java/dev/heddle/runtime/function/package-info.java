/**
 * The shapes of lambdas that sessions run on devices. They are serializable so that the code and
 * the captured values of a lambda can be found; nothing is serialised.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.runtime.function;
