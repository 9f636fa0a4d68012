package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.core.RunOptions;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Approval;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import io.gds.testbed.BedOptions;
import io.gds.testbed.Edition;
import io.gds.testbed.Eventually;
import io.gds.testbed.Invariants;
import io.gds.testbed.PackageVersion;
import io.gds.testbed.PatroniTestbed;
import io.gds.testbed.WriteLoad;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Faults on a fresh bed whose leader is n1; n2 is patched first, then n3. */
abstract class PatroniFaultCase {
    static final Approval KIM = Approval.by("kim").because("fault suite");

    @RegisterExtension
    static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM));

    private Bed bed;
    private PatroniCase cluster;

    @BeforeEach
    final void fresh() {
        bed = TESTBED.bed();
        bed.reset();
        // on a busy machine the leader may lose its key once more
        Eventually.holds(
                Duration.ofMinutes(1),
                "one member takes writes",
                () -> bed.sql().writable().size() == 1);
        cluster = PatroniCase.of(bed, PatroniCase.pooler(bed));
    }

    @AfterEach
    final void close() {
        cluster.close();
    }

    final Bed bed() {
        return bed;
    }

    final BedNode node(String name) {
        return bed.node(name);
    }

    final PatroniCase cluster() {
        return cluster;
    }

    /** The quickest plan there is: the leader restarts in place. */
    final PatchRequest request() {
        return PatroniCase.to(bed.newMinor()).primaryTurn(PrimaryTurn.RESTART_IN_PLACE);
    }

    final Plan plan() {
        return cluster.plan(request());
    }

    /** Runs under a write load that knows nothing of it and must lose nothing. */
    final RunOutcome run(Plan plan, RunOptions options, RunListener... listeners) {
        try (WriteLoad load = WriteLoad.through(bed, bed.sql().directUrl(), 2, Duration.ofMillis(20))) {
            load.awaitCommits(20, Duration.ofSeconds(30));
            RunOutcome outcome = cluster.patcher().execute(plan, options, e -> {
                for (RunListener l : listeners) {
                    l.onEvent(e);
                }
            });
            load.awaitCommits(20, Duration.ofSeconds(60));
            System.out.println(load.stop().assertNothingLost());
            return outcome;
        }
    }

    final RunOutcome run(Plan plan, RunListener... listeners) {
        return run(plan, RunOptions.none(), listeners);
    }

    final void patched(RunOutcome outcome, Invariants before) throws SQLException {
        assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        before.assertKept();
        everybodyRuns(bed.newMinor());
    }

    final void asFound(RunOutcome outcome, String cause, Invariants before) throws SQLException {
        assertThat(outcome).as(outcome.toString()).isInstanceOf(RunOutcome.RolledBack.class);
        RunOutcome.RolledBack back = (RunOutcome.RolledBack) outcome;
        assertThat(back.cause().id()).as(outcome.toString()).isEqualTo(cause);
        assertThat(back.ledTo()).isEqualTo("as found");
        before.assertKept();
        everybodyRuns(bed.oldMinor());
    }

    final void everybodyRuns(PackageVersion version) throws SQLException {
        for (BedNode n : bed.members()) {
            assertThat(bed.sql().runningVersion(n)).as(n.toString()).isEqualTo(version.upstream());
            assertThat(installed(n)).as("installed on " + n).containsExactly(version.packaged());
        }
    }

    private Set<String> installed(BedNode n) {
        String query = "dpkg-query -W -f='${Version}\\n' " + String.join(" ", bed.serverPackages());
        return new TreeSet<>(n.run("sh", "-c", query).lines().toList());
    }

    /** The plan is refused with exactly these findings, and nothing was touched. */
    final void refused(Plan plan, String... findings) throws SQLException {
        ClusterTraces before = ClusterTraces.of(bed);
        assertThat(plan.findings().stream()
                        .filter(f -> f.severity() != io.gds.database.plan.Finding.Severity.WARN)
                        .map(f -> f.id()))
                .as(plan.findings().toString())
                .containsExactlyInAnyOrder(findings);
        org.assertj.core.api.Assertions.assertThatExceptionOfType(GdsDatabaseException.class)
                .isThrownBy(() -> cluster.patcher().execute(plan, RunListener.none()))
                .satisfies(e -> assertThat(e.code()).isEqualTo("GDS-FINDINGS"));
        assertThat(ClusterTraces.of(bed).facts()).containsExactlyInAnyOrderEntriesOf(before.facts());
    }
}
