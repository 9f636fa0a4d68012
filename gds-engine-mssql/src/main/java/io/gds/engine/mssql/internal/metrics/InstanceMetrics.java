package io.gds.engine.mssql.internal.metrics;

import io.gds.database.Metric;
import io.gds.database.MetricSource;
import io.gds.engine.mssql.internal.metrics.Figure.Kind;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.sql.ServerTime;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Metrics of an instance: the server keeps no history, so of now. A counter that a version does not have is left out. What a login may
 * not read is an error that says so.
 *
 * <p>Source: sys.dm_os_performance_counters (counters "per second" count since the start; a ratio has a counter of its own for its base),
 * sys.dm_os_sys_info, sys.dm_os_sys_memory, sys.dm_os_process_memory.
 */
public final class InstanceMetrics implements MetricSource {
    private static final String COUNTERS =
            "SELECT object_name, counter_name, instance_name, cntr_value FROM sys.dm_os_performance_counters";
    private static final String SYSTEM = "SELECT cpu_count, committed_kb, committed_target_kb FROM sys.dm_os_sys_info";
    private static final String MEMORY =
            "SELECT total_physical_memory_kb, available_physical_memory_kb FROM sys.dm_os_sys_memory";
    private static final String PROCESS = "SELECT physical_memory_in_use_kb FROM sys.dm_os_process_memory";
    private static final String TOTAL = "_Total";
    private static final int KILO = 1024;

    private final SqlAccess access;
    private final Clock clock;

    /** Which row of the counters. */
    private record Key(String object, String counter, String instance) {}

    /** Where values go while they are read. */
    private record Collected(String member, Instant at, Instant since, List<Metric> metrics) {
        void add(String name, OptionalDouble value, String unit) {
            value.ifPresent(v -> add(name, v, unit, Map.of(), false));
        }

        void add(String name, double value, String unit, Map<String, String> more, boolean counts) {
            Map<String, String> labels = new LinkedHashMap<>(more);
            labels.put("member", member);
            if (counts) {
                labels.put("since", since.toString());
            }
            metrics.add(new Metric(name, value, unit, at, labels));
        }
    }

    /** Metrics of an instance. */
    public InstanceMetrics(SqlAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    @Override
    public List<Metric> metrics(Instant start, Instant end) {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("end " + end + " is before start " + start);
        }
        if (end.isBefore(clock.instant().minusSeconds(1))) {
            return List.of(); // the server keeps no history
        }
        Instant since = InstanceReader.facts(access).startedAt();
        return access.call("reading its counters", s -> {
            Instant now = ServerTime.read(s).now();
            Collected all = new Collected(access.target().name(), now, since, new ArrayList<>());
            all.add(
                    "uptime",
                    OptionalDouble.of((double) Duration.between(since, now).toMillis()),
                    "ms");
            system(s, all);
            counters(s, all);
            return List.copyOf(all.metrics());
        });
    }

    private static void system(Statement s, Collected all) throws SQLException {
        SqlQuery.each(s, SYSTEM, row -> {
            all.add("cpu.count", row.real("cpu_count"), Figure.COUNT);
            all.add("memory.committed", bytes(row.real("committed_kb")), Figure.BYTES);
            all.add("memory.committed.target", bytes(row.real("committed_target_kb")), Figure.BYTES);
            return all;
        });
        SqlQuery.each(s, MEMORY, row -> {
            all.add("host.memory.total", bytes(row.real("total_physical_memory_kb")), Figure.BYTES);
            all.add("host.memory.available", bytes(row.real("available_physical_memory_kb")), Figure.BYTES);
            return all;
        });
        SqlQuery.each(s, PROCESS, row -> {
            all.add("memory.physical", bytes(row.real("physical_memory_in_use_kb")), Figure.BYTES);
            return all;
        });
    }

    private static OptionalDouble bytes(OptionalDouble kilobytes) {
        return kilobytes.isPresent() ? OptionalDouble.of(kilobytes.getAsDouble() * KILO) : kilobytes;
    }

    private static void counters(Statement s, Collected all) throws SQLException {
        Map<Key, Double> values = new HashMap<>();
        SqlQuery.each(
                s,
                COUNTERS,
                row -> values.put(
                        key(row.text("object_name"), row.text("counter_name"), row.text("instance_name")),
                        row.real("cntr_value").orElse(0)));
        for (Figure f : CounterCatalogue.FIGURES) {
            String object = f.object().toLowerCase(Locale.ROOT);
            String counter = f.counter().toLowerCase(Locale.ROOT);
            values.forEach((key, value) -> {
                if (key.object().equals(object) && key.counter().equals(counter) && isAsked(f, key.instance())) {
                    figure(f, key, value, values, all);
                }
            });
        }
    }

    /** Objects are named after the instance: {@code SQLServer:Locks}, {@code MSSQL$REPORTS:Locks}. */
    private static Key key(String object, String counter, String instance) {
        return new Key(
                object.substring(object.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT),
                counter.strip().toLowerCase(Locale.ROOT),
                instance.strip());
    }

    private static boolean isAsked(Figure f, String instance) {
        boolean whole = instance.isEmpty() || instance.equals(TOTAL);
        return f.label().isEmpty() ? whole : !whole;
    }

    private static void figure(Figure f, Key key, double value, Map<Key, Double> values, Collected all) {
        Map<String, String> labels = f.label().isEmpty() ? Map.of() : Map.of(f.label(), key.instance());
        if (f.kind() == Kind.RATIO) {
            double base = values.getOrDefault(new Key(key.object(), key.counter() + " base", key.instance()), 0.0);
            if (base > 0) {
                all.add(f.name(), value / base, f.unit(), labels, false);
            }
            return;
        }
        all.add(f.name(), value * f.factor(), f.unit(), labels, f.kind() == Kind.SINCE_START);
    }
}
