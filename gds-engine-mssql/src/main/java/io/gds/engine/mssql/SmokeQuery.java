package io.gds.engine.mssql;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A query that shows whether an application still finds what it needs. It passes when it gives a row.
 *
 * @param name for people; unique in its request
 * @param database by its name in production; empty when there is only one
 * @param sql the query
 */
public record SmokeQuery(String name, Optional<String> database, String sql) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException naming the part that is blank
     */
    public SmokeQuery {
        requireNonNull(database, "database");
        for (String[] part : new String[][] {{"name", name}, {"sql", sql}, {"database", database.orElse("-")}}) {
            if (part[1].isBlank()) {
                throw new IllegalArgumentException("smokeQuery." + part[0] + ": found nothing, expected a text");
            }
        }
    }
}
