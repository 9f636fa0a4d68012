package io.gds.engine.mongo.admin;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gds.database.Metric;
import io.gds.database.MetricSource;
import io.gds.samples.mongo.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("slow")
@ExtendWith(SharedSet.class)
class MetricsTest {
    @Test
    void valuesOfNowComeFromEveryMember(AdminSet bed) {
        Await.until(
                "both followers know whom they follow",
                Duration.ofSeconds(60),
                () -> lags(now(bed)).size() == 2 ? "" : "they do not");
        List<Metric> all = now(bed);

        assertThat(all)
                .filteredOn(m -> m.name().equals("uptime"))
                .extracting(m -> m.labels().get("member"))
                .containsExactly("m1", "m2", "m3");
        assertThat(all)
                .extracting(Metric::name)
                .contains(
                        "connections.current",
                        "operations.insert",
                        "network.received",
                        "cache.used",
                        "cache.dirty",
                        "cache.capacity",
                        "replication.buffer.entries",
                        "flow_control.lagged",
                        "queue.waiting");
        assertThat(all).allSatisfy(m -> {
            assertThat(m.value()).isNotNegative();
            assertThat(m.timestamp()).isCloseTo(Instant.now(), within(1, MINUTES));
        });
        assertThat(lags(all))
                .extracting(m -> m.labels().get("member"))
                .hasSize(2)
                .doesNotContain(bed.primary().name());
    }

    private static List<Metric> lags(List<Metric> all) {
        return all.stream().filter(m -> m.name().equals("replication.lag.time")).toList();
    }

    @Test
    void whatCountsSaysSinceWhenAndGrows(AdminSet bed) {
        double before = inserts(bed).value();
        bed.client().getDatabase("metrics").getCollection("t").insertOne(new Document());

        Metric after = inserts(bed);

        assertThat(after.value()).isGreaterThan(before);
        assertThat(Instant.parse(after.labels().get("since"))).isBefore(after.timestamp());
        assertThat(now(bed))
                .filteredOn(m -> m.name().equals("connections.current"))
                .allSatisfy(m -> assertThat(m.labels()).doesNotContainKey("since"));
    }

    @Test
    void thePastIsEmptyAndATurnedSpanIsRefused(AdminSet bed) {
        MetricSource metrics = bed.facet(MetricSource.class);
        Instant now = Instant.now();
        assertThat(metrics.metrics(now.minusSeconds(600), now.minusSeconds(60))).isEmpty();
        assertThatThrownBy(() -> metrics.metrics(now, now.minusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Metric inserts(AdminSet bed) {
        return now(bed).stream()
                .filter(m -> m.name().equals("operations.insert"))
                .filter(m -> bed.primary().name().equals(m.labels().get("member")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Metric> now(AdminSet bed) {
        return bed.facet(MetricSource.class).metrics(Instant.now().minusSeconds(60), Instant.now());
    }
}
