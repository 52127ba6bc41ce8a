/**
 * Predicts what work costs and decides who gets which part of it. Pure functions of profiles,
 * estimates and certificates; nothing here touches a device.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.runtime.plan;
