package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunOutcome;
import io.gds.engine.mongo.internal.topology.Disagreements;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The played set itself: where nothing is wrong with it, it must be as good as a real one. */
class FakeSetTest {
    @TempDir
    Path directory;

    @Test
    void membersOfOneMindAgree() {
        try (Played p = new Played(Played.three("6.0.5", Clock.systemUTC()), Clock.systemUTC(), "6.0.5")) {
            assertThat(Disagreements.in(p.engine().views())).isEmpty();
            assertThat(p.engine().topology().primary().orElseThrow().name()).isEqualTo("m1");
            assertThat(p.set().sends().changes()).isEmpty();
            assertThat(p.set().sends().unknown()).isEmpty();
        }
    }

    @Test
    void isPatchedLikeARealOne() {
        try (Played p = new Played(Played.three("6.0.5", Clock.systemUTC()), Clock.systemUTC(), "6.0.5", "6.0.27")) {
            RunOutcome outcome = p.run(Played.to("6.0.27"), directory);
            assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
            assertThat(p.set().members()).extracting(FakeMember::running).containsOnly("6.0.27");
            assertThat(p.set().sends().unknown()).isEmpty();
            assertThat(p.set().sends().of("replSetStepDown")).hasSize(1);
            assertThat(p.set().sends().of("shutdown")).extracting(Sent::member).containsExactly("m2", "m3", "m1");
        }
    }
}
