package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.core.Rehearsal;
import io.gds.database.plan.Plan;
import io.gds.database.plan.StepId;
import io.gds.database.plan.TurnForecast;
import io.gds.database.run.RunListener;
import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import io.gds.testbed.Invariants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of clones on a bed. After each of them the bed is as it was before. */
abstract class RehearsalCase {
    @TempDir
    private Path directory;

    private Bed bed;
    private Invariants invariants;
    private ClusterTraces before;

    @BeforeEach
    void look() throws SQLException {
        bed = start();
        invariants = Invariants.of(bed);
        before = ClusterTraces.of(bed);
        assertThat(before.facts().get("streams")).as("of two replicas").contains(", ");
    }

    @AfterEach
    void nothingHasChanged() throws SQLException {
        assertThat(ClusterTraces.of(bed).facts()).containsExactlyInAnyOrderEntriesOf(before.facts());
        invariants.assertKept();
    }

    PatroniCase cloning(String settings, String password) throws IOException {
        Path secret = Files.createTempFile(directory, "replication", "");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(secret, password);
        String clone = "clone: {" + settings + "user: replicator, password: \"file:" + secret + "\"}\n";
        return PatroniCase.of(bed, ignored -> clone);
    }

    PatroniCase besideAReplica() throws IOException {
        return cloning("", "repl");
    }

    PatroniCase onAnotherHost() throws IOException {
        return cloning("host: " + bed.proxy().address() + ", directory: /var/lib/postgresql, ", "repl");
    }

    abstract Bed start();

    final Bed bed() {
        return bed;
    }

    final ClusterTraces before() {
        return before;
    }

    /** Rehearses the patch to the newer minor; the plan with what was measured. */
    final Plan rehearse(PatroniCase c) {
        Plan plan = c.plan(PatroniCase.to(bed.newMinor()));
        Rehearsal rehearsal = c.patcher()
                .rehearse(plan, List.of("select count(*) from pgbench_accounts"), RunListener.printing(System.out));
        assertThat(rehearsal.isSuccess()).as(rehearsal.outcome().toString()).isTrue();
        assertThat(rehearsal.plan().hash()).isEqualTo(plan.hash());
        TurnForecast forecast = rehearsal.plan().estimates().turns().orElseThrow();
        assertThat(forecast.basis()).contains("as measured").contains("on a clone");
        for (BedNode replica : bed.sql().replicas()) {
            for (String step : List.of("-stop", "-install", "-start")) {
                assertThat(rehearsal.plan().estimates().of(StepId.of(replica.name() + step)))
                        .as(replica.name() + step)
                        .isPresent();
            }
        }
        assertThat(rehearsal.plan().estimates().total()).isPositive();
        return rehearsal.plan();
    }
}
