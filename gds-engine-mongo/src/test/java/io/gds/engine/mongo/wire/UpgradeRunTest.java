package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.gate.Gates;
import io.gds.database.plan.UpgradeRequest;
import io.gds.database.run.RunOutcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole hops of an upgrade of played members, to series of which there is no real server here. */
class UpgradeRunTest {
    private static final String SET = "setFeatureCompatibilityVersion";

    @TempDir
    Path directory;

    /** A whole hop; the answer to its last command is lost. */
    @Test
    void upgradeOfAHopEndsWithIt() {
        FakeSet set = Played.three("6.0.27", Clock.systemUTC());
        try (Played p = new Played(set, Clock.systemUTC(), "6.0.27", "7.0.14")) {
            set.members().forEach(m -> m.faults().loseAnswer(SET, 1));
            UpgradeRequest request = UpgradeRequest.to("7.0.14")
                    .like(Played.to("7.0.14"))
                    .burnIn(Duration.ZERO)
                    .finishWhen(Gates.elapsed(Duration.ZERO));
            RunOutcome outcome = p.run(request, directory);
            assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
            assertThat(set.sends().of(SET)).singleElement().satisfies(s -> assertThat(s.command())
                    .containsEntry(SET, "7.0")
                    .containsEntry("confirm", true));
            assertThat(set.compatibility().version()).isEqualTo("7.0");
            assertThat(set.members()).extracting(FakeMember::running).containsOnly("7.0.14");
        }
    }

    /** The way back that the plan promised is closed by then: nobody goes down for it. */
    @Test
    void raisedBySomebodyElseInTheBurnIn() {
        FakeSet set = Played.three("6.0.27", Clock.systemUTC());
        try (Played p = new Played(set, Clock.systemUTC(), "6.0.27", "7.0.14")) {
            UpgradeRequest request =
                    UpgradeRequest.to("7.0.14").like(Played.to("7.0.14")).burnIn(Duration.ofDays(2));
            RunOutcome outcome = p.run(request, directory);
            assertThat(outcome).as(outcome.toString()).isInstanceOf(RunOutcome.Waiting.class);
            set.compatibility().is("7.0", null);
            int stops = set.sends().of("shutdown").size();
            RunOutcome back = p.rollback(outcome.run(), directory);
            assertThat(back)
                    .isInstanceOfSatisfying(
                            RunOutcome.Failed.class,
                            f -> assertThat(f.cause().id()).as(f.toString()).isEqualTo("MONGO-FCV-RAISED"));
            assertThat(set.sends().of("shutdown")).hasSize(stops);
            assertThat(set.members()).extracting(FakeMember::running).containsOnly("7.0.14");
            assertThat(set.primary()).isPresent();
        }
    }
}
