package io.gds.engine.mongo.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunOutcome;
import io.gds.engine.mongo.faults.MajorityLoad;
import io.gds.testbed.BedNode;
import java.util.Map;

/** What must be true of hosts after a run, whatever happened to them. Made before the run; puts majority writes on the set. */
final class HostInvariants implements AutoCloseable {
    private final UnitHosts hosts;
    private final Map<String, String> units;
    private final String version;
    private final MajorityLoad load;

    HostInvariants(UnitHosts hosts) {
        this.hosts = hosts;
        this.units = hosts.units();
        this.version = hosts.runningVersion(hosts.members().get(0));
        this.load = MajorityLoad.start(hosts.uri());
    }

    MajorityLoad load() {
        return load;
    }

    /** The one of the two versions that is not there. */
    String target() {
        return version.equals(UnitHosts.OLD) ? UnitHosts.NEW : UnitHosts.OLD;
    }

    void patched(RunOutcome outcome) {
        assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        everybodyRuns(target());
    }

    void asFound(RunOutcome outcome, String cause) {
        assertThat(outcome).as(outcome.toString()).isInstanceOf(RunOutcome.RolledBack.class);
        assertThat(((RunOutcome.RolledBack) outcome).cause().id())
                .as(outcome.toString())
                .isEqualTo(cause);
        everybodyRuns(version);
    }

    private void everybodyRuns(String wanted) {
        load.awaitProgress();
        hosts.awaitHealthy();
        for (BedNode n : hosts.members()) {
            assertThat(hosts.runningVersion(n)).isEqualTo(wanted);
            assertThat(hosts.installedVersion(n)).isEqualTo(wanted + " " + wanted);
        }
        assertThat(hosts.units()).as("units and their files").isEqualTo(units);
    }

    /** The last look: it ends the load. */
    void nothingLost() throws Exception {
        assertThat(load.wrong())
                .as("acknowledged writes that are not there exactly once")
                .isEmpty();
        System.out.println("longest gap " + load.longestGap() + " in " + load.count() + " writes");
    }

    @Override
    public void close() {
        load.close();
    }
}
