package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.ReplicationAdmin;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.ClusterType;
import io.gds.database.testkit.mssql.GroupEvent;
import io.gds.database.testkit.mssql.GroupSettings;
import io.gds.database.testkit.mssql.ReplicaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Groups without a cluster: between the two statements of their failover nobody leads, and nothing may be lost. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LonelyGroupTest {
    private static final String REQUIRED = "REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT";

    @TempDir
    private Path directory;

    @FunctionalInterface
    private interface Play {
        void with(GroupBed bed, AvailabilityGroup group, GroupRun run) throws Exception;
    }

    private void play(int size, Play play) throws Exception {
        try (GroupBed bed = new GroupBed(directory, size)) {
            AvailabilityGroup group = bed.group("ag1", b -> {
                b.clusterType(ClusterType.NONE).databases("db01", "db02");
                bed.servers().forEach(s -> b.replica(s.instance, ReplicaSettings.synchronous()));
                return b;
            });
            GroupSettings found = group.settings();
            try (GroupRun run = new GroupRun(bed, directory)) {
                play.with(bed, group, run);
                assertThat(group.settings()).isEqualTo(found);
                group.tables("db01")
                        .forEach(t -> assertThat(group.lost("db01", t)).isEmpty());
                assertThat(bed.unknown()).isEmpty();
            }
        }
    }

    /** What the required secondaries were when the primary stepped down, each time. */
    private static List<String> requiredAtStepDown(AvailabilityGroup group) {
        String[] now = {"0"};
        return group.events().stream()
                .flatMap(e -> {
                    if (e instanceof GroupEvent.SettingChanged s && s.name().equals(REQUIRED)) {
                        now[0] = s.after();
                    }
                    return e instanceof GroupEvent.PrimaryDemoted
                            ? List.of(now[0]).stream()
                            : List.<String>of().stream();
                })
                .toList();
    }

    /** Does something once, as soon as the primary has stepped down. */
    private static void whenSteppedDown(AvailabilityGroup group, Runnable what) {
        AtomicBoolean done = new AtomicBoolean();
        group.listen(e -> {
            if (e instanceof GroupEvent.PrimaryDemoted && done.compareAndSet(false, true)) {
                what.run();
            }
        });
    }

    @Test
    void nothingIsAcknowledgedByThePrimaryAloneWhenItStepsDown() throws Exception {
        play(3, (bed, group, run) -> {
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            assertThat(requiredAtStepDown(group)).containsExactly("1");
            assertThat(run.back(outcome)).isInstanceOf(RunOutcome.RolledBack.class);
            run.runs(GroupServer.OLD);
            assertThat(group.primary()).contains("SQL01");
            assertThat(requiredAtStepDown(group)).containsExactly("1", "1");
        });
    }

    /** The cut comes right behind the first statement: the second one is made up for. */
    @Test
    void connectionsThatAreCutBetweenTheStatementsLeaveNobodyWithoutAPrimary() throws Exception {
        play(2, (bed, group, run) -> {
            whenSteppedDown(
                    group, () -> bed.servers().forEach(s -> s.instance.server().cutAll()));
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            assertThat(group.primary()).contains("SQL02");
        });
    }

    @Test
    void aTargetThatDiesBetweenTheStatementsLeavesTheFormerPrimaryLeading() throws Exception {
        play(2, (bed, group, run) -> {
            whenSteppedDown(group, () -> bed.server(2).host.restart());
            bed.server(2).host.restartTakes(Duration.ofSeconds(8));
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            assertThat(run.longestWait()).isLessThan(Duration.ofSeconds(5));
            assertThat(group.events(GroupEvent.PrimaryChanged.class).get(0).to())
                    .isEqualTo("SQL01");
        });
    }

    @Test
    void aFailoverByNameIsMadeUpForWhenTheConnectionIsCut() throws Exception {
        play(2, (bed, group, run) -> {
            whenSteppedDown(
                    group, () -> bed.servers().forEach(s -> s.instance.server().cutAll()));
            ReplicationAdmin replication =
                    run.engine.facet(ReplicationAdmin.class).orElseThrow();
            assertThat(replication.failover(bed.server(2).address).toString()).contains("failed over from");
            assertThat(group.primary()).contains("SQL02");
            assertThat(requiredAtStepDown(group)).containsExactly("1");
        });
    }
}
