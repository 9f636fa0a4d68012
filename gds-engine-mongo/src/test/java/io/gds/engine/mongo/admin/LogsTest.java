package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.gds.database.DatabaseEngine;
import io.gds.database.LogEntry;
import io.gds.database.LogEntry.Level;
import io.gds.database.LogFilter;
import io.gds.database.LogSource;
import io.gds.samples.mongo.ReplicaSetMember;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to the logs: the file through a shell, and what the server remembers. */
@Tag("slow")
@ExtendWith(SharedSet.class)
class LogsTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void entriesOfASpanComeOldestFirstFromEveryMember(boolean fromFile, AdminSet bed) {
        try (DatabaseEngine engine = open(bed, fromFile)) {
            List<LogEntry> all = logs(engine, Instant.EPOCH, Instant.now(), LogFilter.all());

            assertThat(all).isSortedAccordingTo(Comparator.comparing(LogEntry::timestamp));
            for (String member : List.of("m1", "m2", "m3")) {
                assertThat(all).anySatisfy(e -> assertThat(e.source())
                        .startsWith(member + ":")
                        .endsWith(fromFile ? "/" + member + "/mongod.log" : "getLog"));
            }
            Instant from = all.get(all.size() / 2).timestamp();
            Instant to = all.get(all.size() - 1).timestamp();
            assertThat(logs(engine, from, to, LogFilter.all())).isNotEmpty().allSatisfy(e -> assertThat(e.timestamp())
                    .isBetween(from, to));
            assertThat(logs(engine, Instant.EPOCH, Instant.EPOCH.plusSeconds(1), LogFilter.all()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filtersNarrowByLevelTextMemberAndNumber(boolean fromFile, AdminSet bed) {
        try (DatabaseEngine engine = open(bed, fromFile)) {
            LogFilter all = LogFilter.all();
            assertThat(logs(engine, Instant.EPOCH, Instant.now(), all.atLeast(Level.WARNING)))
                    .allMatch(e -> e.level().compareTo(Level.WARNING) >= 0)
                    .allMatch(e -> "WEF".contains(e.context().getOrDefault("severity", "?")));
            String marker = "marker-" + fromFile;
            bed.set().members().forEach(m -> sayHello(m, marker));
            assertThat(logs(engine, Instant.EPOCH, Instant.now(), all.containing(marker)))
                    .allMatch(e -> e.message().startsWith("client metadata {"))
                    .allMatch(e -> e.message().endsWith("}}}"))
                    .allMatch(e -> e.context()
                            .entrySet()
                            .containsAll(Map.of("component", "NETWORK", "severity", "I", "id", "51800")
                                    .entrySet()))
                    .extracting(e -> e.source().substring(0, 3))
                    .contains("m1:", "m2:", "m3:");
            assertThat(logs(engine, Instant.EPOCH, Instant.now(), all.of("m2")))
                    .isNotEmpty()
                    .allMatch(e -> e.source().startsWith("m2:"));
            List<LogEntry> two =
                    logs(engine, Instant.EPOCH, Instant.now(), all.of("m3").newest(2));
            assertThat(two).hasSize(2);
            assertThat(two.get(1).timestamp()).isAfter(Instant.now().minusSeconds(3600));
        }
    }

    /** The server remembers but a thousand characters of a line, which is no JSON any more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void longEntryIsNotLost(boolean fromFile, AdminSet bed) {
        bed.client().getDatabase("logs").runCommand(new Document("profile", 0).append("slowms", -1));
        try (DatabaseEngine engine = open(bed, fromFile)) {
            Instant before = Instant.now().minusSeconds(1);
            bed.client()
                    .getDatabase("logs")
                    .getCollection("t")
                    .find(new Document("a", "x".repeat(3000)))
                    .first();
            assertThat(logs(engine, before, Instant.now(), LogFilter.all().containing("xxxxxxxxxx")))
                    .isNotEmpty()
                    .allSatisfy(e -> {
                        assertThat(e.message()).startsWith("Slow query");
                        assertThat(e.level()).isEqualTo(Level.INFO);
                        assertThat(e.context()).containsEntry("component", "COMMAND");
                    });
        } finally {
            bed.client().getDatabase("logs").runCommand(new Document("profile", 0).append("slowms", 100));
        }
    }

    @Test
    void whatAnApplicationAskedForCannotBreakTheReading(AdminSet bed) {
        bed.client().getDatabase("logs").runCommand(new Document("profile", 0).append("slowms", -1));
        try {
            bed.client()
                    .getDatabase("logs")
                    .getCollection("t")
                    .find(new Document("marker", "strange \"}}\\")
                            .append(
                                    "$expr",
                                    new Document(
                                            "$eq", List.of(1, new Document("$literal", new Document("$oid", "none"))))))
                    .first();
            assertThat(logs(
                            bed.engine(),
                            Instant.EPOCH,
                            Instant.now(),
                            LogFilter.all().containing("strange")))
                    .isNotEmpty();
        } finally {
            bed.client().getDatabase("logs").runCommand(new Document("profile", 0).append("slowms", 100));
        }
    }

    @Test
    void turnedSpanAndUnknownMemberAreRefused(AdminSet bed) {
        Instant now = Instant.now();
        assertThatThrownBy(() -> logs(bed.engine(), now, now.minusSeconds(1), LogFilter.all()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        logs(bed.engine(), Instant.EPOCH, now, LogFilter.all().of("m9")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("m9");
    }

    /** Servers log what a client calls itself. */
    private static void sayHello(ReplicaSetMember m, String name) {
        try (MongoClient client =
                MongoClients.create("mongodb://" + m.address() + "/?directConnection=true&appName=" + name)) {
            client.getDatabase("admin").runCommand(new Document("ping", 1));
        }
    }

    private static DatabaseEngine open(AdminSet bed, boolean withShell) {
        return withShell ? bed.openAgain() : bed.openWithoutShell("");
    }

    private static List<LogEntry> logs(DatabaseEngine engine, Instant from, Instant to, LogFilter filter) {
        return engine.facet(LogSource.class).orElseThrow().logs(from, to, filter);
    }
}
