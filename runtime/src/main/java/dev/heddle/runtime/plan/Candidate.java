package dev.heddle.runtime.plan;

/**
 * A view that may take part.
 *
 * @param id of the device
 * @param group views with equal groups are one chip and never run together; the caller gives views
 *     that the user named one by one groups of their own
 */
public record Candidate(String id, String group, ViewCost cost) {}
