/** Carries out a request: compile, bind, launch, compare, and gather what is to be shown. */
@org.jspecify.annotations.NullMarked
package dev.heddle.cli.run;
