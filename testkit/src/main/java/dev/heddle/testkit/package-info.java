/**
 * What the tests of several modules share: generators and comparisons. Nothing here is published.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.testkit;
