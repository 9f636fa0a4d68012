package io.gds.engine.postgres.internal.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.core.Engines;
import io.gds.database.datasource.Hold;
import io.gds.database.datasource.HoldEndpoint;
import io.gds.database.datasource.HoldFile;
import io.gds.database.datasource.HoldState;
import io.gds.database.datasource.HoldState.Phase;
import io.gds.database.datasource.HoldingDataSource;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.CancelReason;
import io.gds.database.spi.Cancellation;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HoldSpec;
import io.gds.engine.postgres.internal.control.Spin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that watches a file and one with an endpoint, and the engine's two steps; no database is needed. */
class HoldStepsTest {
    private static final String SECRET = "correct horse battery";
    private static final Duration QUIESCE = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(25);

    @TempDir
    Path dir;

    private final Hold first = Hold.create();
    private final Hold second = Hold.create();
    private final IdleConnections pool = new IdleConnections();
    private final HoldingDataSource source = HoldingDataSource.around(pool.source())
            .hold(second)
            .check(c -> true)
            .build();
    private HoldFile watched;
    private HoldEndpoint endpoint;
    private PostgresEngine engine;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        file = dir.resolve("hold");
        watched = HoldFile.watch(file, "app-1", first);
        endpoint = HoldEndpoint.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SECRET, second);
        Path spec = Files.writeString(
                dir.resolve("none.yaml"),
                """
                engine: postgres
                name: none
                environment: test
                connection: {database: app, user: postgres, password: "env:NONE"}
                members:
                  - {name: n1, host: 127.0.0.1, port: 1, dataDir: /nowhere}
                """);
        engine = (PostgresEngine) Engines.open(spec);
    }

    @AfterEach
    void stop() {
        engine.close();
        endpoint.close();
        watched.close();
        source.close();
    }

    private String secret(String value) throws IOException {
        Path path = Files.writeString(dir.resolve("secret"), value);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return "file:" + path;
    }

    private HoldSpec byFile(int instances, Duration quiesce) {
        return new HoldSpec.ByFile(file.toString(), Optional.empty(), Optional.empty(), instances, quiesce, LIMIT);
    }

    private HoldSpec byHttp(Duration quiesce) throws IOException {
        return new HoldSpec.ByHttp(
                URI.create("http://127.0.0.1:" + endpoint.address().getPort() + "/hold"),
                secret(SECRET),
                quiesce,
                LIMIT);
    }

    private HoldStep both(Duration quiesce) throws IOException {
        return new HoldStep(engine, List.of(byFile(1, quiesce), byHttp(quiesce)));
    }

    private static Finding refusal(Prepared answer) {
        return ((Prepared.Refuse) answer).finding();
    }

    @Test
    void allHoldAndAllGoOn() throws Exception {
        HoldStep step = both(QUIESCE);
        Params facts = step.open();
        assertThat(facts.string("token")).startsWith("run-7-hold.");
        assertThat(List.of(first, second)).allSatisfy(h -> assertThat(h.state().isQuiescedFor(facts.string("token")))
                .isTrue());
        assertThat(first.state().endsIn()).isLessThanOrEqualTo(LIMIT);
        assertThat(step.hold.probe(step.opening(facts))).isInstanceOf(Probed.Done.class);

        assertThat(step.close(facts)).isInstanceOf(Verdict.Holds.class);
        assertThat(file).doesNotExist();
        assertThat(second.state().phase()).isEqualTo(Phase.OPEN);
        assertThat(Spin.until(() -> first.state().phase() == Phase.OPEN, QUIESCE))
                .isTrue();
        assertThat(step.close(facts)).as("again").isInstanceOf(Verdict.Holds.class);
        assertThat(step.hold.probe(step.opening(facts))).isInstanceOf(Probed.NotDone.class);
    }

    @Test
    void oneThatDoesNotBecomeQuietReleasesAll() throws Exception {
        HoldStep step = both(Duration.ofMillis(300));
        Params facts = ((Prepared.Proceed) step.prepare()).facts();
        try (Connection busy = source.getConnection()) {
            assertThat(busy).isNotNull();
            assertThatThrownBy(() -> step.hold.apply(step.opening(facts)))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                            .isTrue())
                    .hasMessageContaining("PG-HOLD-NOT-QUIET")
                    .hasMessageContaining("http://127.0.0.1:")
                    .hasMessageContaining("1 connections in use");
        }
        assertThat(second.state().phase()).isEqualTo(Phase.OPEN);
        assertThat(file).doesNotExist();
        assertThat(step.hold.probe(step.opening(facts))).isInstanceOf(Probed.NotDone.class);
        Params again = step.open();
        assertThat(again.string("token")).isNotEqualTo(facts.string("token"));
        step.close(again);
    }

    @Test
    void crashAfterTheAnnouncementIsFoundAndFinished() throws Exception {
        HoldStep step = both(QUIESCE);
        Params facts = ((Prepared.Proceed) step.prepare()).facts();
        HoldAnnouncer.of(engine, List.of(byFile(1, QUIESCE)))
                .announce(facts.string("token"), facts.string("owner"), Cancellation.never());
        assertThat(step.hold.probe(step.opening(facts))).isInstanceOf(Probed.Partial.class);
        Duration left = first.state().endsIn();
        step.hold.apply(step.opening(facts));
        assertThat(step.hold.probe(step.opening(facts))).isInstanceOf(Probed.Done.class);
        assertThat(first.state().endsIn()).as("not prolonged").isLessThan(left);
        step.close(facts);
    }

    @Test
    void earlierTokenOfTheSameStepGivesWay() throws Exception {
        HoldStep step = both(QUIESCE);
        Params before = step.open();
        Params now = step.open();
        assertThat(now.string("token")).isNotEqualTo(before.string("token"));
        assertThat(second.state().token()).isEqualTo(now.string("token"));
        assertThat(step.close(before)).as("closers see the first facts").isInstanceOf(Verdict.Holds.class);
        assertThat(second.state().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void somebodyElsesHoldIsAwaitedAndNotTouched() throws Exception {
        HoldStep step = both(QUIESCE);
        second.announce("other.1", LIMIT);
        Prepared answer = step.prepare();
        assertThat(answer).isInstanceOf(Prepared.Hold.class);
        assertThat(((Prepared.Hold) answer).blocked().observed()).contains("quiesced for other.1");
        step.close(Params.of("owner", "run-7-hold"));
        assertThat(second.state().isHeldBy("other.1")).isTrue();
        assertThat(HoldChecks.findings(engine, List.of(byHttp(QUIESCE))))
                .extracting(Finding::id)
                .containsExactly("PG-HOLD-FOREIGN");
    }

    @Test
    void wrongSecretIsRefusedAndNotShown() throws Exception {
        HoldStep step = both(QUIESCE);
        secret("wrong horse battery");
        assertThat(refusal(step.prepare()))
                .returns("PG-HOLD-UNREACHABLE", Finding::id)
                .satisfies(f -> assertThat(f.toString()).contains("status 401").doesNotContain("wrong horse"));
    }

    @Test
    void applicationThatIsNotThereIsRefused() throws Exception {
        HoldStep step = both(QUIESCE);
        endpoint.close();
        assertThat(refusal(step.prepare()).id()).isEqualTo("PG-HOLD-UNREACHABLE");
        HoldStep two = new HoldStep(engine, List.of(byFile(2, QUIESCE)));
        assertThat(refusal(two.prepare()).id()).isEqualTo("PG-HOLD-ABSENT");
    }

    @Test
    void instanceThatWasKilledDoesNotCount() throws Exception {
        Path dead = Files.writeString(
                dir.resolve("hold.ack-dead"), "phase=HOLDING\ntoken=x.1\nlongestMillis=30000\ninUse=3\n");
        Files.setLastModifiedTime(
                dead, FileTime.from(Files.getLastModifiedTime(dead).toInstant().minus(Duration.ofSeconds(30))));
        HoldStep step = new HoldStep(engine, List.of(byFile(1, QUIESCE)));
        step.close(step.open());
        assertThat(refusal(new HoldStep(engine, List.of(byFile(2, QUIESCE))).prepare())
                        .id())
                .isEqualTo("PG-HOLD-ABSENT");
    }

    @Test
    void everyInstanceMustBecomeQuiet() throws Exception {
        Hold third = Hold.create();
        HoldingDataSource busy = HoldingDataSource.around(pool.source())
                .hold(third)
                .check(c -> true)
                .build();
        try (HoldFile other = HoldFile.watch(file, "app-2", third)) {
            assertThat(other).isNotNull();
            HoldStep step = new HoldStep(engine, List.of(byFile(2, Duration.ofMillis(500))));
            Params facts = ((Prepared.Proceed) step.prepare()).facts();
            try (Connection c = busy.getConnection()) {
                assertThat(c).isNotNull();
                assertThatThrownBy(() -> step.hold.apply(step.opening(facts)))
                        .hasMessageContaining("holding for run-7-hold.")
                        .hasMessageContaining("1 connections in use");
            }
            step.close(step.open());
        }
        busy.close();
    }

    @Test
    void instanceThatDiesWhileItHoldsIsWaitedForUntilItsHoldIsOver() throws Exception {
        HoldStep step = both(QUIESCE);
        Params facts = step.open();
        endpoint.close();
        StepContext<PostgresEngine> closing = step.closing(facts);
        step.release.apply(closing);
        Verdict before = step.release.verify(closing);
        assertThat(before).isInstanceOf(Verdict.NotYet.class);
        assertThat(((Verdict.NotYet) before).blocked().clears())
                .contains(closing.facts().string("over"));
        assertThat(file).as("the others go on").doesNotExist();
        assertThat(step.told).singleElement().asString().contains("could not be released");
        step.clock = Clock.offset(step.clock, LIMIT.plusSeconds(10));
        assertThat(step.release.verify(closing)).isInstanceOf(Verdict.Holds.class);
    }

    @Test
    void applicationThatGrantsTooLittleIsRefused() throws Exception {
        Hold brief = Hold.create(Duration.ofSeconds(2));
        try (HoldEndpoint stingy =
                HoldEndpoint.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SECRET, brief)) {
            HoldSpec spec = new HoldSpec.ByHttp(
                    URI.create("http://127.0.0.1:" + stingy.address().getPort() + "/hold"),
                    secret(SECRET),
                    QUIESCE,
                    LIMIT);
            assertThat(HoldChecks.findings(engine, List.of(spec)))
                    .singleElement()
                    .returns("PG-HOLD-SHORT", Finding::id)
                    .returns(Finding.Severity.BLOCK, Finding::severity);
        }
        assertThat(HoldChecks.findings(engine, List.of(byFile(1, QUIESCE), byHttp(QUIESCE))))
                .isEmpty();
    }

    @Test
    void cancelledAnnouncementReleasesAll() throws Exception {
        HoldStep step = both(QUIESCE);
        AtomicReference<Runnable> breaker = new AtomicReference<>();
        AtomicReference<Optional<CancelReason>> reason = new AtomicReference<>(Optional.empty());
        step.cancellation = new Cancellation() {
            @Override
            public Optional<CancelReason> reason() {
                return reason.get();
            }

            @Override
            public Registration onCancel(Runnable breaks) {
                breaker.set(breaks);
                return () -> {};
            }
        };
        Params facts = ((Prepared.Proceed) step.prepare()).facts();
        try (Connection busy = source.getConnection()) {
            assertThat(busy).isNotNull();
            Thread cancels = new Thread(() -> {
                Spin.until(() -> second.state().phase() == Phase.HOLDING && breaker.get() != null, QUIESCE);
                reason.set(Optional.of(CancelReason.USER));
                breaker.get().run();
            });
            cancels.start();
            long begun = System.nanoTime();
            assertThatThrownBy(() -> step.hold.apply(step.opening(facts))).hasMessageContaining("PG-HOLD-NOT-QUIET");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(QUIESCE);
            cancels.join();
        }
        assertThat(second.state()).returns(Phase.OPEN, HoldState::phase);
        assertThat(file).doesNotExist();
    }
}
