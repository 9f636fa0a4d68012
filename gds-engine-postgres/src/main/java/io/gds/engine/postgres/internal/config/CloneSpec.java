package io.gds.engine.postgres.internal.config;

/**
 * Where clones live.
 *
 * @param directory the directory on the host
 * @param firstPort the first port that clones may use
 * @param lastPort the last one
 */
public record CloneSpec(String directory, int firstPort, int lastPort) {}
