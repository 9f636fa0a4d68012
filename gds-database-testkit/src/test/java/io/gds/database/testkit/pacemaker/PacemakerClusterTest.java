package io.gds.database.testkit.pacemaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.SettableClock;
import io.gds.database.testkit.linux.LinuxHost;
import io.gds.database.testkit.linux.LinuxProgram;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.ClusterType;
import io.gds.database.testkit.mssql.FailoverMode;
import io.gds.database.testkit.mssql.ReplicaRole;
import io.gds.database.testkit.mssql.ReplicaSettings;
import io.gds.database.testkit.mssql.SqlInstance;
import io.gds.database.testkit.windows.HostTimer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model of a cluster does what it is told, later, and notes what an administrator should not have done. */
class PacemakerClusterTest {
    private static final String CLONE = "ag_cluster-clone";
    private static final String UNIT = "mssql-server";

    private final SettableClock clock = new SettableClock();
    private final List<LinuxHost> hosts = new ArrayList<>();
    private final List<SqlInstance> instances = new ArrayList<>();
    private AvailabilityGroup group;
    private PacemakerCluster cluster;

    @BeforeEach
    void start() throws IOException {
        HostTimer timer = HostTimer.of(clock);
        for (String name : List.of("sql01", "sql02", "sql03")) {
            LinuxHost host = new LinuxHost(name, timer);
            host.packages().installed(UNIT, "16.0.4135.4-1").offers(UNIT, "16.0.4165.4-3");
            hosts.add(host);
            instances.add(SqlInstance.start(
                    host, "Enterprise Edition", "gds", "of-the-test", InetAddress.getLoopbackAddress(), 0));
        }
        ReplicaSettings settings = ReplicaSettings.synchronous().with(FailoverMode.EXTERNAL);
        group = AvailabilityGroup.builder("ag1")
                .clusterType(ClusterType.EXTERNAL)
                .replica(instances.get(0), settings)
                .replica(instances.get(1), settings)
                .replica(instances.get(2), settings)
                .databases("shop")
                .create();
        cluster = new PacemakerCluster(CLONE, group, hosts);
    }

    @AfterEach
    void stop() {
        instances.forEach(SqlInstance::close);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private LinuxProgram.Exit pcs(String words) {
        return hosts.get(1).run(List.of(("pcs " + words).split(" ", -1)), "root");
    }

    @Test
    void aMoveLeavesAConstraintAndFailsOverLater() {
        assertThat(pcs("resource move " + CLONE + " sql02 --master").code()).isZero();
        assertThat(group.primary()).contains("sql01");
        assertThat(pcs("cluster cib scope=constraints").output()).contains("cli-prefer-" + CLONE, "node=\"sql02\"");
        pass(20);
        assertThat(group.primary()).contains("sql02");
        assertThat(pcs("status xml").output()).contains("role=\"Master\" active=\"true\"><node name=\"sql02\"");
        assertThat(cluster.moves()).hasSize(1);
        assertThat(pcs("resource clear " + CLONE).code()).isZero();
        assertThat(cluster.moves()).isEmpty();
    }

    @Test
    void eachVersionHasItsOwnWords() {
        assertThat(pcs("resource move-with-constraint " + CLONE + " sql02 --promoted")
                        .code())
                .isNotZero();
        cluster.pcs("0.11.3");
        assertThat(pcs("resource move-with-constraint " + CLONE + " sql02 --promoted")
                        .code())
                .isZero();
        assertThat(pcs("resource move " + CLONE + " sql02 --master").code()).isNotZero();
        assertThat(pcs("resource move ag_cluster sql02 --master").code()).isNotZero();
        assertThat(hosts.get(1).unsupported()).hasSize(2);
    }

    @Test
    void whoIsNotRootIsSentAway() {
        assertThat(hosts.get(0)
                        .run(List.of("pcs", "node", "standby", "sql02"), "admin")
                        .code())
                .isNotZero();
        assertThat(hosts.get(0)
                        .run(List.of("systemctl", "stop", "--no-block", "--", UNIT), "admin")
                        .code())
                .isNotZero();
        assertThat(cluster.inStandby()).isEmpty();
    }

    /** Standby does nothing to a secondary that runs; one that was restarted is a secondary again when the node is given back. */
    @Test
    void aReplicaThatWasRestartedInStandbyWaitsForTheCluster() {
        pcs("node standby sql02");
        pass(5);
        assertThat(group.role("sql02")).isEqualTo(ReplicaRole.SECONDARY);
        hosts.get(1).unit(UNIT).stop();
        pass(5);
        hosts.get(1).unit(UNIT).start();
        pass(30);
        assertThat(group.role("sql02")).isEqualTo(ReplicaRole.RESOLVING);
        pcs("node unstandby sql02");
        pass(30);
        assertThat(group.role("sql02")).isEqualTo(ReplicaRole.SECONDARY);
        assertThat(group.isHealthy()).isTrue();
        assertThat(cluster.failedActions()).isEmpty();
    }

    @Test
    void aNodeThatIsGivenBackTooEarlyIsGivenUp() {
        pcs("node standby sql02");
        pass(5);
        hosts.get(1).unit(UNIT).stop();
        pass(5);
        pcs("node unstandby sql02");
        pass(5);
        assertThat(cluster.failedActions()).containsExactly("start on sql02: the server lets nobody in");
    }

    @Test
    void aServerThatIsStoppedBelowTheClusterIsNoted() {
        hosts.get(2).unit(UNIT).stop();
        pass(5);
        assertThat(cluster.failedActions()).containsExactly("monitor on sql03: not running");
        assertThat(hosts.get(2)
                        .run(List.of("model-packages", "install", UNIT + "=16.0.4165.4-3"), "root")
                        .code())
                .isZero();
        assertThat(hosts.get(2).packages().faults()).isEmpty();
        hosts.get(0).run(List.of("model-packages", "install", UNIT + "=16.0.4165.4-3"), "root");
        assertThat(hosts.get(0).packages().faults()).hasSize(1);
    }

    @Test
    void aPrimaryThatIsLostIsReplaced() {
        hosts.get(0).unit(UNIT).die();
        pass(30);
        assertThat(group.primary()).hasValueSatisfying(p -> assertThat(p).isNotEqualTo("sql01"));
    }
}
