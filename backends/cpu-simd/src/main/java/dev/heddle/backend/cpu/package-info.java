/** The CPU as a device: the provider, the device, and what is known of the processor. */
@org.jspecify.annotations.NullMarked
package dev.heddle.backend.cpu;
