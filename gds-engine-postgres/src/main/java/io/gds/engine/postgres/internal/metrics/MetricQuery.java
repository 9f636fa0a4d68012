package io.gds.engine.postgres.internal.metrics;

/**
 * A query whose rows are metrics: columns metric, value, unit, since (null unless cumulative), labels (names and values in
 * turns).
 *
 * @param from the lowest server version that has these views
 * @param before the first one that has not
 * @param primaryOnly whether a follower would refuse it
 * @param sql the query
 */
record MetricQuery(int from, int before, boolean primaryOnly, String sql) {
    private static final int EVER = Integer.MAX_VALUE;

    static MetricQuery everywhere(String sql) {
        return new MetricQuery(0, EVER, false, sql);
    }

    static MetricQuery onPrimary(String sql) {
        return new MetricQuery(0, EVER, true, sql);
    }

    MetricQuery since(int version) {
        return new MetricQuery(version, before, primaryOnly, sql);
    }

    MetricQuery until(int version) {
        return new MetricQuery(from, version, primaryOnly, sql);
    }

    boolean fits(int version, boolean recovery) {
        return version >= from && version < before && !(recovery && primaryOnly);
    }
}
