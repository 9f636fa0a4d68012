package io.gds.engine.postgres.internal.kernel;

import io.gds.database.plan.Finding;

/**
 * A question in SQL whose every row is something to know.
 *
 * @param id the finding's id
 * @param severity what a row means
 * @param sql gives a column {@code what}; rows only when something is not in order
 * @param expected what was expected
 * @param remedy what to do
 * @param since the first {@code server_version_num} that understands the question
 */
record Check(String id, Finding.Severity severity, String sql, String expected, String remedy, int since) {
    static Check block(String id, String sql, String expected, String remedy) {
        return new Check(id, Finding.Severity.BLOCK, sql, expected, remedy, 0);
    }

    static Check ack(String id, String sql, String expected, String remedy) {
        return new Check(id, Finding.Severity.ACK, sql, expected, remedy, 0);
    }

    static Check warn(String id, String sql, String expected, String remedy) {
        return new Check(id, Finding.Severity.WARN, sql, expected, remedy, 0);
    }

    Check since(int versionNumber) {
        return new Check(id, severity, sql, expected, remedy, versionNumber);
    }
}
