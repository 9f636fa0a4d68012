package io.gds.engine.postgres.internal.pooler;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import io.gds.database.spi.Probed;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import io.gds.engine.postgres.internal.control.Host;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens when nobody is left to resume. */
@Tag("slow")
class TimerTest {
    private static final Duration LIMIT = Duration.ofSeconds(4);

    /** Long enough to take hold of the timer, also on a busy machine. */
    private static final Duration LONGER = Duration.ofSeconds(10);

    private PoolerBed bed;

    @BeforeEach
    void start() {
        bed = new PoolerBed("timer");
    }

    @AfterEach
    void stop() throws Exception {
        PoolerBed.await("no token is left", () -> bed.tokens().isEmpty());
        bed.close();
    }

    private Process pauseInAnotherProcess(PgBouncer pooler, Duration limit) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PausingHost.class.getName(),
                        bed.specFile.toString(),
                        Integer.toString(pooler.address().port()),
                        pooler.secretFile().toString(),
                        limit.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("FACTS ")) {
            line = out.readLine();
        }
        assertThat(line).as("the child paused").isNotNull();
        return process;
    }

    @Test
    void resumesWhenThePausingProcessIsKilled() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec(Optional.of(LIMIT), "app");
        String before = pooler.ini();
        try (Clients clients = new Clients(4, () -> pooler.connect("app"))) {
            PoolerBed.await("load", () -> clients.committed() > 50);
            Process host = pauseInAnotherProcess(pooler, LIMIT);
            long begun = System.nanoTime();
            assertThat(bed.isPaused(spec, "app")).isTrue();
            assertThat(secretsLeft()).isEmpty();

            host.destroyForcibly().waitFor();

            PoolerBed.await("resumed by nobody of us", () -> !bed.isPaused(spec, "app"));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT.plusSeconds(8));
            long committed = clients.committed();
            PoolerBed.await("load again", () -> clients.committed() > committed + 50);
            assertThat(clients.finish()).isEmpty();
        }
        assertThat(pooler.ini()).isEqualTo(before);
    }

    /** Files of the token that hold a password. */
    private List<String> secretsLeft() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(bed.tokens().get(0)))) {
            return files.map(f -> String.valueOf(f.getFileName()))
                    .filter(f -> f.endsWith("-secret"))
                    .toList();
        }
    }

    @Test
    void pointsToWhoeverIsPrimaryByThen() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec(Optional.of(LONGER), "app");
        Process host = pauseInAnotherProcess(pooler, LONGER);
        try (TimerHeld timer = TimerHeld.of(bed)) {
            host.destroyForcibly().waitFor();
            bed.switchOver("n2");
            assertThat(bed.isPaused(spec, "app")).as(timer + " waits").isTrue();
        }

        PoolerBed.await("resumed", () -> !bed.isPaused(spec, "app"));

        assertThat(bed.row(spec, "app").port())
                .isEqualTo(bed.cluster.member("n2").port());
        try (Connection c = pooler.connect("app")) {
            c.createStatement().execute("CREATE TABLE written_by_a_client ()");
        }
    }

    @Test
    void finishesAResumeThatDiedHalfWay() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec(Optional.of(LONGER), "app");
        String before = pooler.ini();
        bed.pause("run1/pause", spec);
        PoolerTimer timer = new Pooler(bed.engine, spec).timer("run1/pause").orElseThrow();
        try (TimerHeld held = TimerHeld.of(bed)) {
            // whoever resumed took n2 for the primary, and died before RELOAD; by now it is n1
            assertThat(timer.take(Optional.of(bed.engine.spec().member("n2").address())))
                    .as(held + " waits")
                    .isEqualTo(PoolerTimer.State.WATCHING);
            assertThat(pooler.ini()).isNotEqualTo(before);
        }

        PoolerBed.await("resumed", () -> !bed.isPaused(spec, "app"));

        assertThat(pooler.ini()).isEqualTo(before);
        assertThat(bed.row(spec, "app").port())
                .isEqualTo(bed.cluster.member("n1").port());
    }

    @Test
    void configurationThatSomebodyChangedMeanwhileIsChangedInPlace() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec();
        Params facts = bed.pause("run1/pause", spec);
        Files.writeString(pooler.configFile(), pooler.ini() + ";; by somebody\n");
        bed.switchOver("n2");

        bed.resume(facts, spec);

        assertThat(pooler.ini()).endsWith(";; by somebody\n");
        assertThat(bed.row(spec, "app").port())
                .isEqualTo(bed.cluster.member("n2").port());
    }

    @Test
    void waitsForAPrimaryButNotForEver() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec(Optional.of(LIMIT), "app");
        bed.pause("run1/pause", spec);
        long begun = System.nanoTime();
        new Host(bed.engine, "n1").requestStop();

        PoolerBed.await("resumed without a primary", () -> !bed.isPaused(spec, "app"));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LIMIT);
        new Host(bed.engine, "n1").start();
    }

    @Test
    void endedTimerDoesNotTouchLaterPauses() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec brief = pooler.spec(Optional.of(LIMIT), "app");
        Params first = bed.pause("run1/pause", brief);
        new Pooler(bed.engine, brief).resume("app"); // somebody resumes by hand, the run is never heard of again

        PoolerSpec patient = pooler.spec(Optional.of(Duration.ofSeconds(60)), "app");
        Params second = bed.pause("run2/pause", patient);

        PoolerTimer stale = new Pooler(bed.engine, brief).timer("run1/pause").orElseThrow();
        assertThat(stale.state()).isEqualTo(PoolerTimer.State.GONE);
        stale.disarm(); // and neither does whoever comes back for the first run
        assertThat(new Pooler(bed.engine, patient)
                        .timer("run2/pause")
                        .orElseThrow()
                        .state())
                .isEqualTo(PoolerTimer.State.WATCHING);
        long begun = System.nanoTime();
        PoolerBed.await("the first timer would have fired", () -> {
            assertThat(bed.isPaused(patient, "app")).isTrue();
            return System.nanoTime() - begun > LIMIT.plusSeconds(3).toNanos();
        });
        assertThat(first).isNotEqualTo(second);
        bed.resume(second, patient);
    }

    @Test
    void lateResumeAfterTheTimerIsHarmless() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec(Optional.of(LIMIT), "app");
        Params facts = bed.pause("run1/pause", spec);
        PoolerBed.await(
                "resumed by the timer",
                () -> !bed.isPaused(spec, "app") && bed.tokens().isEmpty());

        StepInHand opener = StepInHand.opener(bed.engine, "run1/pause").withFacts(facts);
        assertThat(PoolerBed.pause(List.of(spec)).probe(opener)).isEqualTo(Probed.notDone());
        bed.resume(facts, spec);

        assertThat(bed.isPaused(spec, "app")).isFalse();
    }
}
