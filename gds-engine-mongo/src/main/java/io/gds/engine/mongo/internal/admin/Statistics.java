package io.gds.engine.mongo.internal.admin;

import io.gds.database.Metric;
import io.gds.database.MetricSource;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.Link;
import io.gds.database.topology.Topology;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.config.MongoSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.bson.Document;

/** Metrics of every member that answers, from its {@code serverStatus}, and how far each is behind. */
public final class Statistics implements MetricSource {
    /**
     * One figure of serverStatus.
     *
     * @param path where it stands
     * @param name what we call it
     * @param unit its unit
     * @param counts whether it counts since the server's start
     */
    private record Figure(String path, String name, String unit, boolean counts) {
        static Figure now(String path, String name, String unit) {
            return new Figure(path, name, unit, false);
        }

        static Figure sinceStart(String path, String name, String unit) {
            return new Figure(path, name, unit, true);
        }
    }

    private static final String COUNT = "1";
    private static final String BYTES = "bytes";

    private static final List<Figure> FIGURES = List.of(
            Figure.now("connections.current", "connections.current", COUNT),
            Figure.now("connections.available", "connections.available", COUNT),
            Figure.sinceStart("connections.totalCreated", "connections.created", COUNT),
            Figure.sinceStart("opcounters.insert", "operations.insert", COUNT),
            Figure.sinceStart("opcounters.query", "operations.query", COUNT),
            Figure.sinceStart("opcounters.update", "operations.update", COUNT),
            Figure.sinceStart("opcounters.delete", "operations.delete", COUNT),
            Figure.sinceStart("opcounters.command", "operations.command", COUNT),
            Figure.sinceStart("network.bytesIn", "network.received", BYTES),
            Figure.sinceStart("network.bytesOut", "network.sent", BYTES),
            Figure.sinceStart("asserts.user", "asserts.user", COUNT),
            Figure.sinceStart("asserts.regular", "asserts.regular", COUNT),
            Figure.now("wiredTiger.cache.bytes currently in the cache", "cache.used", BYTES),
            Figure.now("wiredTiger.cache.tracked dirty bytes in the cache", "cache.dirty", BYTES),
            Figure.now("wiredTiger.cache.maximum bytes configured", "cache.capacity", BYTES),
            Figure.now("metrics.repl.buffer.count", "replication.buffer.entries", COUNT),
            Figure.now("metrics.repl.buffer.sizeBytes", "replication.buffer.size", BYTES),
            Figure.sinceStart("metrics.repl.network.bytes", "replication.received", BYTES),
            Figure.sinceStart("flowControl.isLaggedCount", "flow_control.lagged", COUNT),
            Figure.now("globalLock.currentQueue.total", "queue.waiting", COUNT),
            Figure.now("uptimeMillis", "uptime", "ms"));

    private final MongoSpec spec;
    private final Clients clients;
    private final Clock clock;
    private final Supplier<Topology> topology;

    /** Metrics of a set. */
    public Statistics(MongoSpec spec, Clients clients, Clock clock, Supplier<Topology> topology) {
        this.spec = spec;
        this.clients = clients;
        this.clock = clock;
        this.topology = topology;
    }

    @Override
    public List<Metric> metrics(Instant start, Instant end) {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("end " + end + " is before start " + start);
        }
        if (end.isBefore(clock.instant().minusSeconds(1))) {
            return List.of(); // the servers keep no history
        }
        List<Metric> out = new ArrayList<>();
        for (MemberSpec m : spec.members()) {
            try {
                read(m.name(), out);
            } catch (GdsDatabaseException e) {
                if (!e.retryable()) {
                    throw e;
                }
            }
        }
        lags(out);
        return List.copyOf(out);
    }

    private void read(String member, List<Metric> out) {
        Answer status = clients.ask(member, new Document("serverStatus", 1));
        Instant at = status.instant("localTime").orElseGet(clock::instant);
        Instant since = at.minus(Duration.ofMillis(status.number("uptimeMillis").orElse(0)));
        for (Figure f : FIGURES) {
            OptionalDouble value = at(status, f.path());
            if (value.isPresent()) {
                Map<String, String> labels = new LinkedHashMap<>(Map.of("member", member));
                if (f.counts()) {
                    labels.put("since", since.toString());
                }
                out.add(new Metric(f.name(), value.getAsDouble(), f.unit(), at, labels));
            }
        }
    }

    private static OptionalDouble at(Answer status, String path) {
        Answer at = status;
        String[] keys = path.split("\\.", -1);
        for (int i = 0; i < keys.length - 1; i++) {
            at = at.object(keys[i]);
        }
        return at.real(keys[keys.length - 1]);
    }

    private void lags(List<Metric> out) {
        Topology now = topology.get();
        for (Link l : now.links()) {
            l.lag()
                    .ifPresent(lag -> out.add(new Metric(
                            "replication.lag.time",
                            lag.amount(),
                            "ms",
                            now.observedAt(),
                            Map.of("member", l.downstream()))));
        }
    }
}
