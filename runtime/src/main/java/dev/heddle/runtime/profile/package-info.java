/** How fast devices are: measuring it, and keeping it between runs. */
@org.jspecify.annotations.NullMarked
package dev.heddle.runtime.profile;
