package io.gds.engine.postgres.internal.pooler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PauseTest {
    private static final Optional<Duration> SHORT = Optional.of(Duration.ofSeconds(2));

    private PoolerBed bed;

    @BeforeEach
    void start() {
        bed = new PoolerBed("pause");
    }

    @AfterEach
    void stop() {
        List<String> left = bed.tokens();
        bed.close();
        assertThat(left).isEmpty();
    }

    @Test
    void pausedClientsWaitAndGoOn() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec();
        String before = pooler.ini();
        try (Clients clients = new Clients(8, () -> pooler.connect("app"))) {
            PoolerBed.await("load", () -> clients.committed() > 50);
            Params facts = bed.pause("run1/pause", spec);

            assertThat(bed.isPaused(spec, "app")).isTrue();
            assertThat(facts.toJson())
                    .doesNotContain("password")
                    .contains(pooler.configFile().toString());
            assertThat(PoolerBed.pause(List.of(spec))
                            .probe(StepInHand.opener(bed.engine, "run1/pause").withFacts(facts)))
                    .isEqualTo(Probed.done());
            long committed = clients.committed();

            bed.resume(facts, spec);
            bed.resume(facts, spec); // whoever comes back after a crash does it again

            PoolerBed.await("more load", () -> clients.committed() > committed + 50);
            assertThat(clients.finish()).isEmpty();
        }
        assertThat(pooler.ini()).isEqualTo(before);
    }

    @Test
    void longTransactionDoesNotHoldEverybody() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec(SHORT, "app");
        try (Connection slow = pooler.connect("app");
                Clients clients = new Clients(2, () -> pooler.connect("app"))) {
            slow.setAutoCommit(false);
            slow.createStatement().execute("SELECT 1");

            assertThatThrownBy(() -> bed.pause("run1/pause", spec))
                    .isInstanceOf(GdsDatabaseException.class)
                    .hasMessageContaining("PG-POOLER-BUSY")
                    .hasMessageContaining("PT1S");

            assertThat(bed.isPaused(spec, "app")).isFalse();
            long committed = clients.committed();
            PoolerBed.await("load again", () -> clients.committed() > committed);
            slow.commit();
            assertThat(clients.finish()).isEmpty();
            assertThat(clients.longest()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void poolersArePausedTogetherOrNotAtAll() throws Exception {
        PgBouncer first = bed.pooler("first");
        PgBouncer second = bed.pooler("second");
        PoolerSpec one = first.spec(SHORT, "app");
        PoolerSpec two = second.spec(SHORT, "app");
        try (Connection slow = second.connect("app")) {
            slow.setAutoCommit(false);
            slow.createStatement().execute("SELECT 1");

            assertThatThrownBy(() -> bed.pause("run1/pause", one, two)).hasMessageContaining("pooler second");

            assertThat(bed.isPaused(one, "app")).isFalse();
            assertThat(bed.isPaused(two, "app")).isFalse();
            slow.commit();
        }
        Params facts = bed.pause("run1/pause", one, two);
        assertThat(bed.isPaused(one, "app")).isTrue();
        assertThat(bed.isPaused(two, "app")).isTrue();
        bed.resume(facts, one, two);
    }

    @Test
    void somebodyElsesPauseIsRefused() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec();
        new Pooler(bed.engine, spec)
                .pause(
                        "app",
                        Duration.ofSeconds(5),
                        StepInHand.opener(bed.engine, "x").cancellation());

        Prepared answer = PoolerBed.pause(List.of(spec)).prepare(StepInHand.opener(bed.engine, "run1/pause"));

        assertThat(answer).isInstanceOf(Prepared.Refuse.class);
        assertThat(((Prepared.Refuse) answer).finding().id()).isEqualTo("PG-POOLER-PAUSED");
        assertThat(bed.isPaused(spec, "app")).isTrue();
    }

    @Test
    void onlyTheNamedDatabasesArePaused() throws Exception {
        PgBouncer pooler = bed.pooler("one", ini -> {
            String line =
                    ini.lines().filter(l -> l.startsWith("app = ")).findFirst().orElseThrow();
            return ini.replace(
                    line,
                    line + "\nother = dbname=app" + line.substring("app =".length()) + "\nApp-2 = dbname=app "
                            + line.substring("app =".length()));
        });
        PoolerSpec spec = pooler.spec(Optional.empty(), "app", "App-2");
        try (Clients others = new Clients(2, () -> pooler.connect("other"))) {
            Params facts = bed.pause("run1/pause", spec);
            assertThat(bed.isPaused(spec, "app")).isTrue();
            assertThat(bed.isPaused(spec, "App-2")).isTrue();
            assertThat(bed.isPaused(spec, "other")).isFalse();
            long committed = others.committed();
            PoolerBed.await("others are not touched", () -> others.committed() > committed + 50);
            bed.resume(facts, spec);
            assertThat(others.finish()).isEmpty();
        }
    }

    @Test
    void killedPoolerHoldsNobodyBack() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec();
        Params facts = bed.pause("run1/pause", spec);

        pooler.kill();
        bed.switchOver("n2");
        bed.resume(facts, spec);

        pooler.launch();
        assertThat(bed.row(spec, "app").paused()).isFalse();
        assertThat(bed.row(spec, "app").port())
                .isEqualTo(bed.cluster.member("n2").port());
        try (Connection c = pooler.connect("app")) {
            c.createStatement().execute("CREATE TABLE after_the_crash ()");
        }
    }
}
