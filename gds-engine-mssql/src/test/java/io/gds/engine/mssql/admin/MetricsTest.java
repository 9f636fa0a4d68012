package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Metric;
import io.gds.database.MetricSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MetricsTest {
    private static final int NOW = 65792;
    private static final int PER_SECOND = 272696576;
    private static final int FRACTION = 537003264;
    private static final int BASE = 1073939712;

    @TempDir
    private Path directory;

    private static List<Metric> now(AdminServer server) {
        return server.facet(MetricSource.class).metrics(Instant.EPOCH, Instant.now());
    }

    private static Metric metric(List<Metric> all, String name, Map<String, String> labels) {
        return all.stream()
                .filter(m -> m.name().equals(name) && m.labels().entrySet().containsAll(labels.entrySet()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + labels + " in " + all));
    }

    @Test
    void countersAreReadByTheirKind() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue()
                    .counter("General Statistics", "User Connections", "", 12, NOW)
                    .counter("SQL Statistics", "Batch Requests/sec", "", 4711, PER_SECOND)
                    .counter("Buffer Manager", "Buffer cache hit ratio", "", 990, FRACTION)
                    .counter("Buffer Manager", "Buffer cache hit ratio base", "", 1000, BASE)
                    .counter("Memory Manager", "Total Server Memory (KB)", "", 2048, NOW)
                    .counter("Locks", "Number of Deadlocks/sec", "_Total", 3, PER_SECOND)
                    .counter("Locks", "Number of Deadlocks/sec", "Page", 2, PER_SECOND)
                    .counter("Databases", "Transactions/sec", "shop", 77, PER_SECOND)
                    .counter("Databases", "Transactions/sec", "_Total", 99, PER_SECOND);
            List<Metric> all = now(server);
            Metric connections = metric(all, "connections.current", Map.of("member", "127.0.0.1"));
            assertThat(connections.value()).isEqualTo(12);
            assertThat(connections.labels()).doesNotContainKey("since");
            Metric batches = metric(all, "batches", Map.of());
            assertThat(batches.value()).isEqualTo(4711);
            assertThat(Instant.parse(batches.labels().getOrDefault("since", "")))
                    .isBeforeOrEqualTo(Instant.now());
            assertThat(metric(all, "cache.hit_ratio", Map.of()).value()).isEqualTo(0.99);
            assertThat(metric(all, "memory.total", Map.of()).value()).isEqualTo(2048 * 1024);
            assertThat(metric(all, "memory.total", Map.of()).unit()).isEqualTo("bytes");
            assertThat(all)
                    .filteredOn(m -> m.name().equals("deadlocks"))
                    .singleElement()
                    .satisfies(m -> assertThat(m.value()).isEqualTo(3));
            assertThat(all)
                    .filteredOn(m -> m.name().equals("transactions"))
                    .singleElement()
                    .satisfies(m -> assertThat(m.labels()).containsEntry("database", "shop"));
        }
    }

    @Test
    void theServerAndItsHostAreMeasuredToo() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            List<Metric> all = now(server);
            assertThat(metric(all, "cpu.count", Map.of()).value()).isEqualTo(4);
            assertThat(metric(all, "host.memory.total", Map.of()).value()).isEqualTo(16_000_000d * 1024);
            assertThat(metric(all, "memory.physical", Map.of()).value()).isEqualTo(2_100_000d * 1024);
            assertThat(metric(all, "uptime", Map.of()).value()).isNotNegative();
        }
    }

    @Test
    void aRatioWithoutABaseIsLeftOut() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue()
                    .counter("Buffer Manager", "Buffer cache hit ratio", "", 0, FRACTION)
                    .counter("Buffer Manager", "Buffer cache hit ratio base", "", 0, BASE);
            assertThat(now(server)).noneMatch(m -> m.name().equals("cache.hit_ratio"));
        }
    }

    @Test
    void thereIsNoHistory() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            MetricSource metrics = server.facet(MetricSource.class);
            assertThat(metrics.metrics(Instant.EPOCH, Instant.now().minusSeconds(60)))
                    .isEmpty();
            assertThatThrownBy(() -> metrics.metrics(Instant.now(), Instant.EPOCH))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("before start");
        }
    }
}
