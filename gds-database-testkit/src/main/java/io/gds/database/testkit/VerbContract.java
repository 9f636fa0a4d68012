package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules about the verbs of a rolling patch. */
@SuppressWarnings("MemberName") // rule numbers are part of the names
abstract class VerbContract extends ContractRules {
    private static final int ELECTION_SECONDS = 30;

    @Test
    void required_spi_4_1_thePrimaryMayNotGoDown() throws Exception {
        judgeVerbs("4.1", (f, v) -> {
            Permit permit = v.verbs().mayGoDown(f.primary(), Set.of(), v.of(f.primary()));
            assertThat(permit).isNotInstanceOf(Permit.Granted.class);
            v.grants("a follower", () -> v.verbs().mayGoDown(v.follower(), Set.of(), v.of(v.follower())));
        });
    }

    @Test
    void required_spi_4_2_aStoppedMemberIsReallyDown() throws Exception {
        judgeVerbs("4.2", (f, v) -> {
            String m = v.follower();
            v.stop(m);
            assertThat(f.isOutOfService(m))
                    .as(m + " is out of service after stopped() held")
                    .isTrue();
            assertThat(f.isWritable()).isTrue();
        });
    }

    @Test
    void required_spi_4_3_stopAndStartMayBeCalledAgain() throws Exception {
        judgeVerbs(
                "4.3",
                (f, v) -> {
                    String m = v.follower();
                    v.stop(m);
                    v.stop(m);
                    assertThat(f.isOutOfService(m)).isTrue();
                    v.start(m);
                    v.start(m);
                    assertThat(f.running(m)).isPresent();
                    assertThat(f.isWritable()).isTrue();
                },
                "4.2");
    }

    @Test
    void required_spi_4_4_aSwitchoverHappensExactlyOnce() throws Exception {
        judgeVerbs("4.4", (f, v) -> {
            OptionalLong before = f.promotions();
            if (before.isEmpty()) {
                table.skip("4.4", "untestable: the product does not count promotions");
            }
            String from = f.primary();
            String to = v.follower();
            v.switchOver(from, to, v.switchover(from, to));
            assertThat(f.primary()).isEqualTo(to);
            assertThat(f.isWritable()).isTrue();
            assertThat(f.promotions()).hasValue(before.getAsLong() + 1);
        });
    }

    @Test
    void required_spi_4_5_theProbeOfASwitchoverTellsTheTruth() throws Exception {
        judgeVerbs("4.5", (f, v) -> {
            String from = f.primary();
            String to = v.follower();
            StepContext<?> c = v.switchover(from, to);
            assertThat(v.verbs().probeSwitchover(from, to, false, c))
                    .as("before")
                    .isInstanceOf(Probed.NotDone.class);
            v.switchOver(from, to, c);
            assertThat(v.verbs().probeSwitchover(from, to, false, c))
                    .as("after")
                    .isInstanceOf(Probed.Done.class);
        });
    }

    @Test
    void required_spi_4_6_theOrderNamesEveryFollowerOnce() throws Exception {
        judgeVerbs("4.6", (f, v) -> {
            List<String> followers =
                    f.members().stream().filter(m -> !m.equals(f.primary())).toList();
            assertThat(v.verbs().order(f.engine().topology())).containsExactlyInAnyOrderElementsOf(followers);
        });
    }

    @Test
    void required_spi_4_7_aDeadPrimaryIsRevivedAndALivingOneLeftAlone() throws Exception {
        judgeVerbs("4.7", (f, v) -> {
            String primary = f.primary();
            StepContext<?> c = v.context(Params.empty(), Params.empty());
            OptionalLong before = f.promotions();
            v.verbs().revive(c);
            assertThat(f.promotions()).isEqualTo(before);
            f.kill(primary);
            v.verbs().revive(c);
            f.pass(Duration.ofSeconds(5));
            if (f.electsByItself()) {
                awaitWritable(f);
                assertThat(f.running(primary)).as("the member that was killed").isPresent();
            } else {
                assertThat(f.primary()).isEqualTo(primary);
                assertThat(f.isWritable()).isTrue();
            }
        });
    }

    private static void awaitWritable(EngineFixture f) {
        for (int seconds = 0; seconds < ELECTION_SECONDS && !f.isWritable(); seconds++) {
            f.pass(Duration.ofSeconds(1));
        }
        assertThat(f.isWritable()).isTrue();
    }
}
