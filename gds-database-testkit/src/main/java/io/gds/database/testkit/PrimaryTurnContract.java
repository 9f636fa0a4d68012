package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.spi.Permit;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules about what happens around a primary that goes on serving: fetching, new packages, a restart in place. */
@SuppressWarnings("MemberName") // rule numbers are part of the names
abstract class PrimaryTurnContract extends VerbContract {
    private interface TurnRule {
        void judge(EngineFixture fixture, ContractVerbs verbs, PrimaryTurns turns);
    }

    private void judgeTurns(String rule, TurnRule check, String... restsOn) throws Exception {
        judgeVerbs(
                rule,
                (f, v) -> {
                    Optional<PrimaryTurns> turns = f.engine().facet(PrimaryTurns.class);
                    if (turns.isEmpty()) {
                        table.skip(rule, "not declared: PrimaryTurns");
                    }
                    check.judge(f, v, turns.orElseThrow());
                },
                restsOn);
    }

    @Test
    void required_spi_4_8_fetchingChangesNeitherWhatRunsNorWhatWouldStart() throws Exception {
        judgeVerbs("4.8", (f, v) -> {
            if (!v.verbs().downloads()) {
                table.skip("4.8", "not declared: downloads");
            }
            for (String m : f.members()) {
                Optional<EngineVersion> runs = f.running(m);
                Optional<EngineVersion> wouldStart = v.verbs().installed(m);
                v.verbs().download(m, f.target(), v.of(m));
                v.verbs().download(m, f.target(), v.of(m));
                assertThat(v.verbs().installed(m)).as("installed on " + m).isEqualTo(wouldStart);
                assertThat(f.running(m)).as("running on " + m).isEqualTo(runs);
            }
            assertThat(f.isWritable()).isTrue();
        });
    }

    @Test
    void required_spi_4_9_newPackagesDoNotChangeWhatRuns() throws Exception {
        judgeTurns("4.9", (f, v, turns) -> {
            String primary = f.primary();
            Optional<EngineVersion> runs = f.running(primary);
            Optional<String> incarnation = f.incarnation(primary);
            v.unpack(primary, f.target());
            assertThat(f.running(primary)).isEqualTo(runs);
            assertThat(f.incarnation(primary)).as("the process of " + primary).isEqualTo(incarnation);
            assertThat(f.primary()).isEqualTo(primary);
            assertThat(f.isWritable()).isTrue();
        });
    }

    @Test
    void required_spi_4_10_onlyThePrimaryMayBeRestartedWhereItIs() throws Exception {
        judgeTurns("4.10", (f, v, turns) -> {
            v.grants("the primary", () -> turns.mayRestart(f.primary(), v.of(f.primary())));
            assertThat(turns.mayRestart(v.follower(), v.of(v.follower()))).isNotInstanceOf(Permit.Granted.class);
        });
    }

    @Test
    void required_spi_4_11_aRestartInPlaceBringsWhatIsInstalledAndKeepsTheRole() throws Exception {
        judgeTurns(
                "4.11",
                (f, v, turns) -> {
                    String primary = f.primary();
                    var promotions = f.promotions();
                    v.unpack(primary, f.target());
                    StepContext<?> c = v.restart(primary, f.target());
                    assertThat(turns.restarted(primary, f.target(), c))
                            .as("before")
                            .isNotInstanceOf(Verdict.Holds.class);
                    turns.restart(primary, f.target(), c);
                    v.holds("restarted " + primary, () -> turns.restarted(primary, f.target(), c));
                    assertThat(f.running(primary)).contains(f.target());
                    assertThat(f.primary()).isEqualTo(primary);
                    assertThat(f.promotions()).isEqualTo(promotions);
                    assertThat(f.isWritable()).isTrue();
                },
                "4.9");
    }

    @Test
    void required_spi_4_12_aRestartedPrimaryIsLeftAlone() throws Exception {
        judgeTurns(
                "4.12",
                (f, v, turns) -> {
                    String primary = f.primary();
                    v.unpack(primary, f.target());
                    StepContext<?> c = v.restart(primary, f.target());
                    turns.restart(primary, f.target(), c);
                    v.holds("restarted " + primary, () -> turns.restarted(primary, f.target(), c));
                    Optional<String> incarnation = f.incarnation(primary);
                    if (incarnation.isEmpty()) {
                        table.skip("4.12", "untestable: the product does not tell when a process started");
                    }
                    turns.restart(primary, f.target(), c);
                    assertThat(f.incarnation(primary)).isEqualTo(incarnation);
                    assertThat(turns.restarted(primary, f.target(), c)).isInstanceOf(Verdict.Holds.class);
                },
                "4.9",
                "4.11");
    }
}
