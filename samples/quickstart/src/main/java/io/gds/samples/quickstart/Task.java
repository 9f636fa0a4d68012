package io.gds.samples.quickstart;

import java.nio.file.Path;

/**
 * What a process that only orchestrates is told.
 *
 * @param spec the cluster spec
 * @param to the version to patch to
 */
record Task(Path spec, String to) {}
