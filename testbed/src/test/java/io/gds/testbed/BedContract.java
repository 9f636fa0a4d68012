package io.gds.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every edition of the bed must be able to do: hosts, minors, a switchover, packages, and to tell what is left over. */
abstract class BedContract {
    static final Duration SOON = Duration.ofSeconds(60);
    static final Duration PACE = Duration.ofMillis(5);

    abstract Bed bed();

    @BeforeEach
    void fresh() {
        bed().reset();
    }

    @Test
    void nodesAreHosts() {
        for (BedNode n : bed().members()) {
            assertThat(n.run("hostname")).isEqualTo(n.name());
            assertThat(n.run("systemctl", "is-system-running", "--wait")).isEqualTo("running");
            assertThat(ssh(n, "sudo", "id", "-u").out()).as("sudo on %s", n).isEqualTo("0\n");
        }
    }

    @Test
    void clusterRunsTheOldMinorAndStreams() throws Exception {
        BedSql sql = bed().sql();
        assertThat(sql.leader().name()).isEqualTo("n1");
        for (BedNode n : bed().members()) {
            assertThat(sql.runningVersion(n)).isEqualTo(bed().oldMinor().upstream());
        }
        for (BedNode n : sql.replicas()) {
            assertThat(sql.streams(n, sql.leader())).as("%s streams", n).isTrue();
        }
        Invariants.of(bed()).assertKept();
    }

    @Test
    void bothMinorsAreInTheRepository() {
        BedNode n2 = bed().node("n2");
        n2.run("apt-get", "-q", "update");
        for (String name : bed().serverPackages()) {
            assertThat(n2.run("apt-cache", "madison", name))
                    .contains(bed().oldMinor().packaged(), bed().newMinor().packaged());
        }
        assertThat(bed().oldMinor().upstream()).isNotEqualTo(bed().newMinor().upstream());
    }

    @Test
    void switchoverUnderLoadLosesNothingAndTrafficFollows() throws Exception {
        Invariants before = Invariants.of(bed());
        BedNode n1 = bed().node("n1");
        BedNode n2 = bed().node("n2");
        try (WriteLoad load = WriteLoad.through(bed(), bed().sql().directUrl(), 4, PACE)) {
            load.awaitCommits(100, SOON);
            assertThat(bed().api().switchover(n1, n2).status()).isEqualTo(200);
            load.awaitCommits(100, SOON);
            WriteLoadResult result = load.stop().assertNothingLost();
            assertThat(result.failed() + result.inDoubt()).as("%s", result).isPositive();
            assertThat(result.longestGap()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(20));
        }
        assertThat(bed().sql().leader()).isEqualTo(n2);
        // The pooler's entry names the old leader: that is for the one who switches over to change.
        assertThatThrownBy(() -> before.assertKept(Duration.ofSeconds(5)))
                .hasMessageContaining("HAProxy and PgBouncer lead to n2")
                .hasMessageContaining("1 things");
        bed().proxy().run("sed", "-i", "s/" + n1.address() + "/" + n2.address() + "/", "/etc/pgbouncer/pgbouncer.ini");
        bed().proxy().systemctl("reload", "pgbouncer");
        before.assertKept();
    }

    @Test
    void minorIsReplacedOverSshAndPutBack() throws Exception {
        Invariants before = Invariants.of(bed());
        BedNode n3 = bed().node("n3");
        for (PackageVersion target : List.of(bed().newMinor(), bed().oldMinor())) {
            assertThat(ssh(n3, "sudo", "systemctl", "stop", "patroni").ok()).isTrue();
            CommandResult update = ssh(n3, "sudo", "apt-get", "-q", "update");
            assertThat(update.ok() && update.err().isEmpty()).as("%s", update).isTrue();
            var install = new ArrayList<>(List.of(
                    "sudo",
                    "DEBIAN_FRONTEND=noninteractive",
                    "NEEDRESTART_MODE=l",
                    "apt-get",
                    "-q",
                    "-y",
                    "--allow-downgrades",
                    "install"));
            bed().serverPackages().forEach(name -> install.add(name + "=" + target));
            CommandResult installed = ssh(n3, install.toArray(new String[0]));
            assertThat(installed.ok()).as("%s", installed).isTrue();
            assertThat(ssh(n3, "sudo", "systemctl", "start", "patroni").ok()).isTrue();
            Eventually.holds(SOON, "n3 runs " + target, () -> bed().sql()
                    .runningVersion(n3)
                    .equals(target.upstream()));
            before.assertKept();
        }
    }

    @Test
    void everyKindOfLeftOverIsFound() throws Exception {
        Invariants before = Invariants.of(bed());
        BedNode n3 = bed().node("n3");
        n3.run("sed", "-i", "s/nofailover: false/nofailover: true/", "/etc/patroni/config.yml");
        n3.systemctl("reload", "patroni");
        n3.run("apt-mark", "hold", "libpq5");
        n3.run("touch", "/tmp/ours");
        n3.run("systemd-run", "--unit=ours", "sleep", "600");
        assertThat(ssh(n3, "setsid", "sleep", "601", "<&-", ">&-", "2>&-", "&").ok())
                .isTrue();
        bed().api().patchConfig(n3, "{\"pause\": true}");
        // Otherwise Patroni itself would drop the slot below.
        Eventually.holds(SOON, "the pause", () -> !bed().api()
                .get(bed().node("n1"), "/patroni")
                .json("pause")
                .isEmpty());
        String pooler = "postgresql://postgres:super@127.0.0.1:6432/pgbouncer";
        bed().proxy().run("psql", "-Xqc", "pause bench", pooler);
        try (var c = bed().sql().connectAsSuperuser(bed().node("n1"), BedSql.DATABASE);
                var s = c.createStatement()) {
            s.execute("alter system set wal_retrieve_retry_interval = '100ms'");
            s.execute("create table gds_probe ()");
            s.execute("select pg_create_physical_replication_slot('ours')");
        }
        assertThatThrownBy(() -> before.assertKept(Duration.ofSeconds(5)))
                .hasMessageContaining("/etc/patroni/config.yml was changed")
                .hasMessageContaining("hold libpq5 is left over")
                .hasMessageContaining("entry /tmp/ours is left over")
                .hasMessageContaining("unit ours.service is left over")
                .hasMessageContaining("process sleep of an ssh session is left over")
                .hasMessageContaining("dynamic configuration")
                .hasMessageContaining("PgBouncer is paused: bench=")
                .hasMessageContaining("postgresql.auto.conf was changed")
                .hasMessageContaining("tables are left over: [bench: gds_probe]")
                .hasMessageContaining("replication slots are left over: [ours]")
                .hasMessageContaining("n3 (" + n3.address() + "): tags were")
                .hasMessageContaining("is paused");
    }

    private CommandResult ssh(BedNode n, String... words) {
        var command = new ArrayList<>(List.of(
                "ssh",
                "-i",
                bed().sshKey().toString(),
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + bed().knownHosts(),
                bed().sshUser() + "@" + n.address(),
                "--"));
        command.addAll(List.of(words));
        return Commands.run(command, Map.of(), SOON);
    }
}
