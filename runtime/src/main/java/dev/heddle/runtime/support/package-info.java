/**
 * What several back ends need and none owns: how a launch is cut for a driver, the hidden
 * parameters of printed kernels, the layout of fault records, caches and private folders, unpacked
 * native libraries, the probe of a device's arithmetic. Nothing here knows a particular back end.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.runtime.support;
