/**
 * What the user asked for, as words: options, header lines of kernel files, values and expressions.
 * Nothing here touches a device or allocates a buffer.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.cli.spec;
