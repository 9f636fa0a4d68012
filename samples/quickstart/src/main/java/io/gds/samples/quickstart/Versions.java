package io.gds.samples.quickstart;

/**
 * A patch.
 *
 * @param from what the cluster is started with
 * @param to what it is patched to
 */
record Versions(String from, String to) {}
