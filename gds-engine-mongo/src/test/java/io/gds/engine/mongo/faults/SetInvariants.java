package io.gds.engine.mongo.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.run.WriteReport;
import io.gds.database.testkit.faults.KillChain;
import io.gds.samples.mongo.ReplicaSet;
import io.gds.samples.mongo.ReplicaSetMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/** What must be true of a set after a run, whatever happened to it. Made before the run, to know how things were. */
final class SetInvariants implements AutoCloseable {
    private final MongoBed bed;
    private final ReplicaSet set;
    private final Document config;
    private final Map<String, String> versions = new TreeMap<>();
    private final MajorityLoad load;

    private SetInvariants(MongoBed bed) {
        this.bed = bed;
        this.set = bed.set();
        this.config = config(set);
        set.members().forEach(m -> versions.put(m.name(), m.installedVersion()));
        this.load = MajorityLoad.start(set);
    }

    /** Looks at the set and puts majority writes on it. */
    static SetInvariants of(MongoBed bed) {
        return new SetInvariants(bed);
    }

    MajorityLoad load() {
        return load;
    }

    /** Priorities, votes, tags and settings; an election changes the term, and a server renames fields when it is upgraded. */
    private static Document config(ReplicaSet set) {
        Document all = set.primary().run(new Document("replSetGetConfig", 1)).get("config", Document.class);
        all.remove("term");
        all.remove("version");
        for (Document m : all.getList("members", Document.class)) {
            Object delay = m.remove("slaveDelay");
            m.putIfAbsent("secondaryDelaySecs", delay);
        }
        return all;
    }

    void patched(RunOutcome outcome, String version) throws Exception {
        assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        whole(outcome.run().value());
        everybodyRuns(version);
    }

    void patched(KillChain.End end, String version) throws Exception {
        assertThat(end.status()).as(end.summary()).isEqualTo(RunStatus.SUCCEEDED.name());
        whole(end.run());
        everybodyRuns(version);
    }

    void asFound(KillChain.End end) throws Exception {
        assertThat(end.status()).as(end.summary()).isEqualTo(RunStatus.ROLLED_BACK.name());
        whole(end.run());
        versionsAsFound();
    }

    void asFound(RunOutcome outcome, String cause) throws Exception {
        assertThat(outcome).as(outcome.toString()).isInstanceOf(RunOutcome.RolledBack.class);
        RunOutcome.RolledBack back = (RunOutcome.RolledBack) outcome;
        assertThat(back.cause().id()).as(outcome.toString()).isEqualTo(cause);
        whole(outcome.run().value());
        versionsAsFound();
    }

    /** Nothing was lost, nothing is left, and everybody is in service. */
    void whole(String run) throws Exception {
        load.awaitProgress();
        assertThat(load.wrong())
                .as("acknowledged writes that are not there exactly once")
                .isEmpty();
        set.awaitHealthy();
        assertThat(config(set)).isEqualTo(config);
        nobodyIsLockedOrFrozen();
        try (MongoClient client = set.connect()) {
            assertThat(client.getDatabase("test").listCollectionNames().into(new ArrayList<>()))
                    .as("the probe's collection")
                    .noneMatch(n -> n.startsWith("gds_probe"));
        }
        List<WriteReport> reports = bed.patcher().runs().find(run).orElseThrow().events().stream()
                .filter(e -> e.type() == RunEvent.Type.PROBE_REPORT)
                .map(e -> WriteReport.fromDocument(e.data().object("report")))
                .toList();
        assertThat(reports).isNotEmpty().allSatisfy(r -> {
            assertThat(r.lost()).isZero();
            assertThat(r.doubled()).isZero();
        });
    }

    /** A server tells nobody whether it is frozen, except in its log, which begins anew with every process, as the freeze does. */
    private void nobodyIsLockedOrFrozen() {
        for (ReplicaSetMember m : set.members()) {
            if (m.run(new Document("hello", 1)).getBoolean("arbiterOnly", false)) {
                continue;
            }
            assertThat(m.run(new Document("currentOp", 1).append("$ownOps", true))
                            .getBoolean("fsyncLock", false))
                    .as(m.name() + " is locked")
                    .isFalse();
            List<String> said = m.run(new Document("getLog", "global")).getList("log", String.class).stream()
                    .filter(line -> line.contains("reezing\""))
                    .toList();
            assertThat(said.isEmpty() ? "Unfreezing" : said.get(said.size() - 1))
                    .as("the last word about a freeze of " + m.name())
                    .contains("Unfreezing");
        }
    }

    /** Nothing was done to it. */
    void untouched() throws Exception {
        load.awaitProgress();
        assertThat(load.wrong()).isEmpty();
        assertThat(config(set)).isEqualTo(config);
        versionsAsFound();
    }

    private void everybodyRuns(String version) {
        assertThat(set.members()).extracting(ReplicaSetMember::runningVersion).containsOnly(version);
        assertThat(set.members()).extracting(ReplicaSetMember::installedVersion).containsOnly(version);
    }

    void versionsAsFound() {
        for (ReplicaSetMember m : set.members()) {
            assertThat(m.installedVersion()).isEqualTo(versions.get(m.name()));
            assertThat(m.runningVersion()).isEqualTo(versions.get(m.name()));
        }
    }

    @Override
    public void close() {
        load.close();
    }
}
