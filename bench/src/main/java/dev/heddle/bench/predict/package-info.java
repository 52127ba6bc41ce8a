/** How well the times of launches are predicted, and how long planning takes. */
package dev.heddle.bench.predict;
