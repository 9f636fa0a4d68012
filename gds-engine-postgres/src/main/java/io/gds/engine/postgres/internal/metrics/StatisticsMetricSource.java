package io.gds.engine.postgres.internal.metrics;

import io.gds.database.Metric;
import io.gds.database.MetricSource;
import io.gds.engine.postgres.internal.admin.Reachable;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.sql.Connections;
import io.gds.engine.postgres.internal.sql.Row;
import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Metrics of now from the statistics views of every member that answers. PostgreSQL keeps no history. */
public final class StatisticsMetricSource implements MetricSource {
    /** The "now" of a caller is over when we look at it. */
    private static final Duration STILL_NOW = Duration.ofMinutes(1);

    private final PostgresSpec spec;
    private final Connections connections;
    private final Clock clock;

    /** Metrics of a cluster. */
    public StatisticsMetricSource(PostgresSpec spec, Connections connections, Clock clock) {
        this.spec = spec;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public List<Metric> metrics(Instant start, Instant end) {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("end " + end + " is before start " + start);
        }
        if (end.isBefore(clock.instant().minus(STILL_NOW))) {
            return List.of();
        }
        List<Metric> all = new ArrayList<>();
        new Reachable(spec, connections)
                .each(StatisticsMetricSource::ofMember)
                .values()
                .forEach(all::addAll);
        return all;
    }

    private static List<Metric> ofMember(String member, Session s) throws SQLException {
        int version = s.serverVersion();
        boolean recovery = s.inRecovery();
        Instant now = s.one("SELECT clock_timestamp() AS now", row -> row.instant("now"))
                .orElseThrow(() -> new SQLException("the server has no time"));
        List<Metric> all = new ArrayList<>();
        for (MetricQuery query : MetricCatalogue.ALL) {
            if (query.fits(version, recovery)) {
                s.query(query.sql(), row -> metric(member, now, row)).forEach(all::addAll);
            }
        }
        return all;
    }

    /** Nothing for a NULL value: unknown is not zero. */
    private static List<Metric> metric(String member, Instant now, Row row) throws SQLException {
        Map<String, String> labels = new TreeMap<>();
        labels.put("member", member);
        List<String> pairs = row.texts("labels");
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            labels.put(pairs.get(i), pairs.get(i + 1));
        }
        row.instant("since").ifPresent(t -> labels.put("since", t.toString()));
        String name = row.text("metric");
        String unit = row.text("unit");
        return row.fraction("value").stream()
                .map(v -> new Metric(name, v, unit, now, labels))
                .toList();
    }
}
