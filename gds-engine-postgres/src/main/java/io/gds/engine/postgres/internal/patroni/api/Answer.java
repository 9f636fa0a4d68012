package io.gds.engine.postgres.internal.patroni.api;

/**
 * What came back.
 *
 * @param code the HTTP status
 * @param body the body, as far as it came
 * @param whole whether the connection ended in order; answers without a length cannot tell more
 */
record Answer(int code, String body, boolean whole) {}
