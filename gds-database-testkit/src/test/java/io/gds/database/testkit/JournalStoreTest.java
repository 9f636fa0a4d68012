package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.core.internal.journal.SqliteJournal;
import io.gds.database.error.ClaimHeldException;
import io.gds.database.error.DeposedException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every journal does in one transaction. */
class JournalStoreTest {
    private static final Instant NOW = Instant.parse("2024-05-07T12:00:00Z");
    private static final RunId RUN = RunId.of("run");
    private static final RunId OTHER = RunId.of("other");
    private static final List<String> CLAIMS = List.of("cluster:a", "cluster:b");

    @TempDir
    Path dir;

    static Stream<Named<Function<Path, JournalStore>>> stores() {
        return Stream.of(
                Named.of("in memory", MemoryJournal::new),
                Named.of("on SQLite", file -> new SqliteJournal(file)),
                Named.of(
                        "of a simulated process",
                        file -> new MishapJournal(new MemoryJournal(file), Mishaps.none(), holder())));
    }

    private static Holder holder() {
        return new Holder("h", "host/boot", 1, 1);
    }

    private static Plan plan() {
        return Plan.of("test", "A test", new ClusterRef("fake", "orders", Params.empty()), "fp")
                .step(Step.of("a", "do.it@1", "m").build())
                .build();
    }

    private static Draft draft(RunEvent.Type type) {
        return new Draft(type, null, Params.of("id", type), NOW);
    }

    private static final List<Draft> FIRST = List.of(
            draft(RunEvent.Type.RUN_CREATED),
            draft(RunEvent.Type.FINDING_ACKNOWLEDGED),
            draft(RunEvent.Type.FINDING_ACKNOWLEDGED));

    private interface Check {
        void on(JournalStore store);
    }

    private void with(Function<Path, JournalStore> kind, Check check) {
        try (JournalStore store = kind.apply(dir.resolve("runs.db"))) {
            check.on(store);
        }
    }

    private static Lease lease(JournalStore store) {
        return store.take(RUN, holder(), Duration.ofSeconds(30), NOW);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aRunBeginsWithAllItsFirstEventsAndClaims(Function<Path, JournalStore> kind) {
        with(kind, s -> {
            s.create(RUN, plan(), CLAIMS, FIRST);
            assertThat(s.events(RUN, 0))
                    .extracting(RunEvent::seq, RunEvent::type)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1L, RunEvent.Type.RUN_CREATED),
                            org.assertj.core.groups.Tuple.tuple(2L, RunEvent.Type.FINDING_ACKNOWLEDGED),
                            org.assertj.core.groups.Tuple.tuple(3L, RunEvent.Type.FINDING_ACKNOWLEDGED));
            assertThat(s.claims(RUN)).isEqualTo(CLAIMS);
            assertThat(s.append(lease(s), 3, List.of(draft(RunEvent.Type.LEASE_TAKEN)))
                            .lastSeq())
                    .isEqualTo(4);
        });
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aRunThatMissesAClaimDoesNotBeginAtAll(Function<Path, JournalStore> kind) {
        with(kind, s -> {
            s.create(OTHER, plan(), List.of("cluster:b"), FIRST);
            assertThatThrownBy(() -> s.create(RUN, plan(), CLAIMS, FIRST)).isInstanceOf(ClaimHeldException.class);
            assertThat(s.find(RUN)).isEmpty();
            assertThat(s.claims(RUN)).isEmpty();
            assertThat(s.claims(OTHER)).containsExactly("cluster:b");
        });
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aParkedRunKeepsItsClaimsAndIsDue(Function<Path, JournalStore> kind) {
        with(kind, s -> {
            s.create(RUN, plan(), CLAIMS, FIRST);
            s.park(lease(s), Params.of("what", "gate:g"), NOW.plusSeconds(5));
            assertThat(s.find(RUN).orElseThrow()).satisfies(r -> {
                assertThat(r.status()).isEqualTo(RunStatus.WAITING);
                assertThat(r.holder()).isNull();
                assertThat(r.blocked().string("what")).isEqualTo("gate:g");
                assertThat(r.dueAt()).isEqualTo(NOW.plusSeconds(5));
            });
            assertThat(s.claims(RUN)).isEqualTo(CLAIMS);
            assertThat(s.due(NOW.plusSeconds(4), 9)).isEmpty();
            assertThat(s.due(NOW.plusSeconds(5), 9)).containsExactly(RUN);
        });
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aRunEndsWithOrWithoutItsClaims(Function<Path, JournalStore> kind) {
        with(kind, s -> {
            s.create(RUN, plan(), CLAIMS, FIRST);
            s.release(lease(s), RunStatus.FAILED, false);
            assertThat(s.find(RUN).orElseThrow().status()).isEqualTo(RunStatus.FAILED);
            assertThat(s.claims(RUN)).isEqualTo(CLAIMS);
            s.release(lease(s), RunStatus.FAILED, true);
            assertThat(s.claims(RUN)).isEmpty();
            assertThat(s.find(RUN).orElseThrow().holder()).isNull();
        });
    }

    @ParameterizedTest
    @MethodSource("stores")
    void whoLostTheLeaseNeitherParksNorReleases(Function<Path, JournalStore> kind) {
        with(kind, s -> {
            s.create(RUN, plan(), CLAIMS, FIRST);
            Lease old = lease(s);
            s.take(RUN, holder(), Duration.ofSeconds(30), NOW.plusSeconds(31));
            assertThatThrownBy(() -> s.park(old, Params.empty(), NOW)).isInstanceOf(DeposedException.class);
            assertThatThrownBy(() -> s.release(old, RunStatus.SUCCEEDED, true)).isInstanceOf(DeposedException.class);
            assertThat(s.claims(RUN)).as("all or nothing").isEqualTo(CLAIMS);
            assertThat(s.find(RUN).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
        });
    }
}
