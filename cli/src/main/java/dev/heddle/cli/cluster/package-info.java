/** What a back end for clusters provides to {@code heddle run}; nothing here knows one. */
@NullMarked
package dev.heddle.cli.cluster;

import org.jspecify.annotations.NullMarked;
