package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.topology.Topology;
import io.gds.engine.mssql.HotfixRequest;
import java.nio.file.Path;
import java.util.List;

/** Runs of plans over a failover cluster, and what must be so after each. */
final class FailoverRun implements AutoCloseable {
    private final FailoverBed bed;
    private final DatabaseEngine engine;
    final RollingPatcher patcher;

    FailoverRun(FailoverBed bed, Path directory) {
        this(bed, directory, bed.spec());
    }

    FailoverRun(FailoverBed bed, Path directory, String spec) {
        this.bed = bed;
        this.engine = Engines.open(spec, "the test");
        this.patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")));
    }

    static HotfixRequest request() {
        return HotfixRequest.of("the test", OneServer.MAPPING);
    }

    Topology topology() {
        return engine.topology();
    }

    Plan plan(HotfixRequest request) {
        return patcher.plan(engine, request);
    }

    RunOutcome execute(Plan plan) {
        return patcher.execute(plan, RunListener.printing(System.err));
    }

    RunOutcome back(RunOutcome there) {
        return patcher.rollback(
                there.run(), Approval.by("kim").because("of the test"), RunListener.printing(System.err));
    }

    String history(RunOutcome outcome) {
        return patcher.runs().find(outcome.run()).orElseThrow().events().toString();
    }

    String targets() {
        return patcher.runs().rows("hotfix_targets").toString();
    }

    /** What happened to the instance and its nodes, without what was said of possible owners. */
    List<String> ledger() {
        return bed.cluster.ledger().stream()
                .filter(l -> !l.startsWith("owners"))
                .toList();
    }

    /** No node has anything of ours left, nobody was changed under the instance, and the models knew all that they were asked. */
    void isTidy() {
        assertThat(bed.cluster.ledger()).noneMatch(l -> l.contains("under the instance") || l.contains("does not own"));
        for (FailoverBed.Node n : bed.nodes()) {
            assertThat(n.host.files().list("C:\\ProgramData\\gds\\jobs", true))
                    .as(n.name)
                    .isEmpty();
            assertThat(n.host.files().exists("C:\\ProgramData\\gds\\claim"))
                    .as(n.name)
                    .isFalse();
            assertThat(n.host.tasks().all()).as(n.name).isEmpty();
            assertThat(n.host.unsupported()).as(n.name).isEmpty();
        }
        assertThat(bed.instance.refused()).isEmpty();
        assertThat(bed.cluster.owners())
                .as("%s", bed.cluster.ledger())
                .hasSize(bed.nodes().size());
    }

    @Override
    public void close() {
        patcher.close();
        engine.close();
    }
}
