package io.gds.engine.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Approval;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.Fault;
import io.gds.samples.embedded.SmallDiskUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A member whose disk fills up. */
@Tag("slow")
class FullDiskTest {
    private static final Approval KIM = Approval.by("kim").because("space was freed");

    private static Bed bed;

    @BeforeAll
    static void start() throws Exception {
        try {
            bed = Bed.start(b -> b.version(Bed.OLD).alsoInstalled(Bed.NEW).dataOnSmallDisk("n2", 256));
        } catch (SmallDiskUnavailableException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    @AfterEach
    void free() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private static Path ballast() {
        return bed.cluster().member("n2").dataDir().resolve("ballast");
    }

    private static void fill(long leave) throws IOException {
        Path data = bed.cluster().member("n2").dataDir();
        byte[] block = new byte[1 << 16];
        long left = Files.getFileStore(data).getUsableSpace() - leave;
        try (OutputStream out = Files.newOutputStream(ballast())) {
            for (; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
    }

    @Test
    void lowDiskIsRefusedBeforeAnything() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        int runs = bed.patcher().runs().list().size();
        fill(32L << 20);
        assertThatThrownBy(() -> bed.patch(Patches.to(Bed.NEW), RunListener.none()))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("GDS-FINDINGS")
                .hasMessageContaining("PG-DISK-LOW n2");
        assertThat(bed.patcher().runs().list()).as("runs").hasSize(runs);
        invariants.untouched();
    }

    @Test
    void fullDiskHaltsUntilSpaceIsFreedAndRetried() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        RunOutcome halted = haltsWithFullDisk(invariants);
        free();
        invariants.asFound(bed.patcher().retry(halted.run(), "back:n2-stop", KIM, RunListener.none()));
    }

    @Test
    void fullDiskHaltsUntilSpaceIsFreedAndRolledBack() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        RunOutcome halted = haltsWithFullDisk(invariants);
        free();
        invariants.asFound(bed.patcher().rollback(halted.run(), KIM, RunListener.none()));
    }

    /** Neither the new version nor the old one can start: the run halts, the others serve. */
    private static RunOutcome haltsWithFullDisk(ClusterInvariants invariants) throws Exception {
        Fault full = Fault.at(RunEvent.Type.STEP_VERIFIED, "n2-install", () -> fill(0));
        RunOutcome halted = bed.patch(Patches.to(Bed.NEW), full);
        full.mustHaveHappened();
        assertThat(halted).isInstanceOf(RunOutcome.Failed.class);
        assertThat(((RunOutcome.Failed) halted).cause().id()).isEqualTo("PG-DISK-FULL");
        assertThat(((RunOutcome.Failed) halted).cause().remedy()).contains("free space on the host of n2");
        assertThat(bed.cluster().primary().name()).isEqualTo(invariants.primaryFound());
        invariants.load().awaitProgress();
        return halted;
    }
}
