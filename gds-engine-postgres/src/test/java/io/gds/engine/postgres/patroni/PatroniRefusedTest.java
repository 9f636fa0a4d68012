package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gds.database.core.RunOptions;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.testbed.BedApi;
import io.gds.testbed.BedNode;
import io.gds.testbed.Eventually;
import io.gds.testbed.Invariants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a patch of a cluster under Patroni must not begin with, or not without a person's word. */
@Tag("slow")
public class PatroniRefusedTest extends PatroniFaultCase {
    @TempDir
    private Path directory;

    @Test
    void packageMissingOnTheSecondHost() throws Exception {
        Invariants before = Invariants.of(bed());
        node("n3").run("sh", "-c", "mkdir /root/apt && mv /etc/apt/sources.list* /root/apt/ && apt-get -q update");
        Plan plan = plan();
        refused(plan, "PG-VERSION-NOT-AVAILABLE", "PKG-UNAVAILABLE");
        assertThat(plan.findings()).as("of n3 alone").allMatch(f -> f.subject().equals("n3"));
        node("n3").run("sh", "-c", "mv /root/apt/* /etc/apt/ && apt-get -q update");
        before.assertKept();
    }

    @Test
    void anotherHostKey() throws Exception {
        Invariants before = Invariants.of(bed());
        String n3 = node("n3").address();
        String n2 = node("n2").address();
        List<String> right = Files.readAllLines(bed().knownHosts());
        String wrong = right.stream()
                .filter(l -> !l.startsWith(n3 + " "))
                .flatMap(l -> l.startsWith(n2 + " ")
                        ? List.of(l, l.replace(n2 + " ", n3 + " ")).stream()
                        : List.of(l).stream())
                .collect(Collectors.joining("\n", "", "\n"));
        Path own = Files.writeString(directory.resolve("known_hosts"), wrong);
        cluster().replacing(bed().knownHosts().toString(), own.toString());
        Plan plan = plan();
        refused(plan, "PG-HOST");
        assertThat(plan.findings().toString()).contains("host key");
        before.assertKept();
    }

    @Test
    void somebodyPausedTheCluster() throws Exception {
        bed().api().patchConfig(node("n1"), "{\"pause\": true}");
        refused(plan(), "PG-PATRONI-STANDING");
        assertThat(bed().api().get(node("n1"), "/config").json("pause")).isEqualTo("true");
    }

    @Test
    void somebodyScheduledASwitchover() throws Exception {
        String at = Instant.now().plus(Duration.ofHours(1)).toString();
        String order = "{\"leader\": \"n1\", \"candidate\": \"n2\", \"scheduled_at\": \"" + at + "\"}";
        BedApi.Answer answer = bed().api().post(node("n1"), "/switchover", order);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        refused(plan(), "PG-PATRONI-STANDING");
        assertThat(bed().api().get(node("n1"), "/cluster").body()).contains("scheduled_switchover");
    }

    @Test
    void dcsWithoutItsMajority() throws Exception {
        Invariants before = Invariants.of(bed());
        Plan plan = plan();
        node("n2").systemctl("stop", "etcd");
        node("n3").systemctl("stop", "etcd");
        // without the DCS Patroni makes its leader read-only
        Eventually.holds(Duration.ofSeconds(60), "nobody takes writes", () -> bed().sql()
                .writable()
                .isEmpty());
        RunOutcome outcome = cluster().patcher().execute(plan, RunListener.none());
        assertThat(outcome).isInstanceOf(RunOutcome.Failed.class);
        assertThat(((RunOutcome.Failed) outcome).cause().id()).isEqualTo("GDS-PRIMARY-MOVED");
        assertThatExceptionOfType(GdsDatabaseException.class)
                .isThrownBy(this::plan)
                .satisfies(e -> assertThat(e.code()).isEqualTo("GDS-NO-PRIMARY"));
        node("n2").systemctl("start", "etcd");
        node("n3").systemctl("start", "etcd");
        before.assertKept();
        everybodyRuns(bed().oldMinor());
    }

    /** In failsafe mode the leader goes on without the DCS; a patch does not. */
    @Test
    void dcsWithoutItsMajorityInFailsafeMode() throws Exception {
        assertThat(bed().api()
                        .patchConfig(node("n1"), "{\"failsafe_mode\": true}")
                        .status())
                .isEqualTo(200);
        Invariants before = Invariants.of(bed());
        // the leader puts the members that it may ask into the DCS
        Eventually.holds(Duration.ofSeconds(30), "failsafe mode is known", () -> node("n1")
                .exec("sh", "-c", "ETCDCTL_API=3 etcdctl get --prefix /service/ --keys-only | grep failsafe")
                .ok());
        // a member that has not heard of it yet would say no when the leader asks, and the leader would step down
        for (BedNode n : bed().members()) {
            Eventually.holds(
                    Duration.ofSeconds(60),
                    n + " knows failsafe mode",
                    () -> bed().api().get(n, "/failsafe").status() == 200);
        }
        node("n2").systemctl("stop", "etcd");
        node("n3").systemctl("stop", "etcd");
        Eventually.holds(
                Duration.ofSeconds(60),
                "the leader goes on without the DCS",
                () -> bed().api().get(node("n1"), "/patroni").body().contains("failsafe_mode_is_active"));
        Plan plan = plan();
        refused(plan, "PG-PATRONI-DCS", "PG-PATRONI-DCS", "PG-PATRONI-DCS"); // one of each member
        node("n2").systemctl("start", "etcd");
        node("n3").systemctl("start", "etcd");
        before.assertKept();
        everybodyRuns(bed().oldMinor());
    }

    /** Four conditions: each is refused by its own finding, and all are kept through the accepted patch. */
    @Test
    void whatAPersonMayAccept() throws Exception {
        needrestartRestartsByItself("n1");
        needrestartRestartsByItself("n2");
        node("n2").run("apt-mark", "hold", "postgresql-" + bed().pgMajor());
        tagNofailover(node("n3"));
        letArchivingFail();
        Invariants before = Invariants.of(bed());
        Plan plan = plan();
        refused(plan, "PKG-NEEDRESTART", "PKG-NEEDRESTART", "PKG-HELD", "PG-PATRONI-FEWER-CANDIDATES", "PG-ARCHIVER");

        String units = "for u in ssh etcd cron dbus; do systemctl show -p ActiveEnterTimestampMonotonic $u; done";
        String leadersPatroni = "systemctl show -p MainPID patroni";
        String n2 = node("n2").run("sh", "-c", units);
        String n1 = node("n1").run("sh", "-c", units + "; " + leadersPatroni);
        RunOptions accepted = RunOptions.none();
        for (String finding : List.of("PKG-NEEDRESTART", "PKG-HELD", "PG-PATRONI-FEWER-CANDIDATES", "PG-ARCHIVER")) {
            RunOptions lessThanAll = accepted;
            assertThatExceptionOfType(GdsDatabaseException.class)
                    .as("without " + finding)
                    .isThrownBy(() -> cluster().patcher().execute(plan, lessThanAll, RunListener.none()))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("GDS-FINDINGS"));
            accepted = accepted.acknowledge(finding, KIM);
        }
        patched(run(plan, accepted), before);
        assertThat(node("n2").run("sh", "-c", units)).isEqualTo(n2);
        assertThat(node("n1").run("sh", "-c", units + "; " + leadersPatroni)).isEqualTo(n1);
        assertThat(node("n2").run("apt-mark", "showhold")).contains("postgresql-" + bed().pgMajor());
        assertThat(bed().api().get(node("n3"), "/patroni").json("tags")).contains("\"nofailover\": true");
    }

    private void needrestartRestartsByItself(String name) throws Exception {
        Files.writeString(node(name).path("/etc/needrestart/conf.d/zz-local.conf"), "$nrconf{restart} = 'a';\n");
    }

    private void tagNofailover(BedNode n) {
        n.run(
                "sh",
                "-c",
                "sed -i 's/nofailover: false/nofailover: true/' /etc/patroni/*.yml && systemctl reload patroni");
        Eventually.holds(
                Duration.ofSeconds(30),
                n + " has told the others of its tag",
                () -> bed().api().get(node("n1"), "/cluster").body().contains("\"nofailover\": true"));
    }

    private void letArchivingFail() throws Exception {
        String archiving =
                "{\"postgresql\": {\"parameters\": {\"archive_mode\": \"on\", \"archive_command\": \"false\"}}}";
        assertThat(bed().api().patchConfig(node("n1"), archiving).status()).isEqualTo(200);
        for (BedNode n : bed().members()) {
            Eventually.holds(Duration.ofSeconds(60), n + " archives", () -> archives(n));
        }
        Eventually.holds(Duration.ofSeconds(60), "the archiver fails", () -> {
            bed().sql().value(node("n1"), "select pg_switch_wal()::text");
            return !bed().sql()
                    .value(node("n1"), "select failed_count from pg_stat_archiver")
                    .equals("0");
        });
    }

    /** Restarts a member until it archives; that it must be restarted is not always said by a Patroni that was busy meanwhile. */
    private boolean archives(BedNode n) throws Exception {
        if (bed().sql().value(n, "show archive_mode").equals("on")) {
            return true;
        }
        bed().api().post(n, "/restart", "{}");
        return false;
    }
}
