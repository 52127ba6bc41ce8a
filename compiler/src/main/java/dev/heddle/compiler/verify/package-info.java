/**
 * Checks that IR keeps its own rules. It runs after the front end, and between passes in tests;
 * what it finds is a bug of Heddle, never of a user.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.compiler.verify;
