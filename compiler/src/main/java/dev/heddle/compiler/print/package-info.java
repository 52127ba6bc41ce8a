/**
 * What {@code printf} in a kernel means: its formats, and the text of what work-items wrote. The
 * front end lowers a call to stores into a buffer that the runtime adds; nothing else knows of it.
 */
@NullMarked
package dev.heddle.compiler.print;

import org.jspecify.annotations.NullMarked;
