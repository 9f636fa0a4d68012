package io.gds.engine.mssql.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.faults.KillChain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Host programs that are killed while they patch a group on Linux, one after the other. */
@Tag("slow")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxKilledTest {
    /** Where something of ours is in the cluster: a constraint, or a node in standby. */
    private static final Pattern DELICATE = Pattern.compile(".*(switchover|moves.*|-stop|-install|-start|node.*)");

    @TempDir
    private Path directory;

    private KillChain chain(LinuxBed bed) {
        return new KillChain(
                bed.spec(),
                directory.resolve("killed.db"),
                LinuxFaultPatch.class,
                "run",
                LinuxServer.NEW,
                System.nanoTime(),
                Duration.ofMillis(800));
    }

    /** The constraint of its move, and its standby, are there when a program dies: the next one sees to both. */
    @Test
    void killedInsideDelicateStepsTheNextOneLeavesNothingInTheCluster() throws Exception {
        try (LinuxBed bed = new LinuxBed(directory);
                LinuxRun run = new LinuxRun(bed, directory)) {
            KillChain chain = chain(bed);
            KillChain.End end = chain.insideEveryStep(DELICATE.asMatchPredicate());
            assertThat(end.status()).as(end.summary()).isEqualTo("SUCCEEDED");
            assertThat(chain.killedAt()).hasSizeGreaterThan(5);
            run.runs(LinuxServer.NEW, "-3");
            run.isAsFound();
            assertThat(run.failovers()).hasSize(1);
            assertThat(bed.servers())
                    .allSatisfy(
                            s -> assertThat(s.host.packages().installations()).isEqualTo(1));
        }
    }

    /** Right behind the switchover, before what the move has left is cleared. */
    @Test
    void aConstraintThatOutlivesItsProgramIsClearedByTheNextOne() throws Exception {
        try (LinuxBed bed = new LinuxBed(directory);
                LinuxRun run = new LinuxRun(bed, directory)) {
            KillChain.End end = chain(bed).atEveryBoundary(step -> step.endsWith("switchover"));
            assertThat(end.status()).as(end.summary()).isEqualTo("SUCCEEDED");
            run.runs(LinuxServer.NEW, "-3");
            run.isAsFound();
        }
    }
}
