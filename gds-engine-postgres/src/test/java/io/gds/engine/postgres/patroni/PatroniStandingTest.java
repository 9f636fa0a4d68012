package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.PrimaryTurn;
import io.gds.testbed.BedNode;
import io.gds.testbed.Eventually;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a cluster stands when a patch is planned: what lies dormant in it, and who could not take over. */
@Tag("slow")
public class PatroniStandingTest extends PatroniFaultCase {
    @Test
    void settingThatWaitsForARestart() throws Exception {
        bed().api().patchConfig(node("n1"), "{\"postgresql\": {\"parameters\": {\"max_connections\": 123}}}");
        for (BedNode n : bed().members()) {
            says(n, "pending_restart");
        }
        refused(
                plan(),
                "PG-PATRONI-PENDING-RESTART",
                "PG-PATRONI-PENDING-RESTART",
                "PG-PATRONI-PENDING-RESTART",
                "PG-PENDING-RESTART",
                "PG-PENDING-RESTART",
                "PG-PENDING-RESTART");
    }

    /** Nobody has loaded it yet, so that no setting says that it waits. */
    @Test
    void lineThatARestartWouldBringIntoForce() throws Exception {
        append("n2", "postgresql.auto.conf", "shared_buffers = '64MB'");
        refused(plan(), "PG-PENDING-RESTART");
    }

    @Test
    void linesThatARestartWouldFailOn() throws Exception {
        append("n2", "postgresql.auto.conf", "work_mem = 'much'");
        append("n2", "pg_hba.conf", "hostile all all");
        refused(plan(), "PG-CONFIG-ERROR", "PG-HBA-ERROR");
    }

    @Test
    void watchdogThatCannotBeReached() throws Exception {
        edit("n3", "s/^watchdog:.*/watchdog: {mode: required, device: \\/dev\\/none}/");
        says(node("n3"), "watchdog_failed");
        refused(plan(), "PG-PATRONI-WATCHDOG");
    }

    @Test
    void membersOfTwoMajorVersionsOfPatroni() throws Exception {
        node("n3")
                .run(
                        "sh",
                        "-ec",
                        "f=$(python3 -c 'import patroni.version as v; print(v.__file__)'); sed -i"
                                + " \"s/^__version__.*/__version__ = '4.0.4'/\" $f; systemctl restart patroni");
        says(node("n3"), "4.0.4");
        known(3);
        refused(plan(), "PG-PATRONI-MIXED");
    }

    @Test
    void nobodyWhoMayTakeOver() throws Exception {
        edit("n2", "s/nofailover: false/nofailover: true/");
        delay("n3");
        Eventually.holds(
                Duration.ofSeconds(30),
                "n2 has told the others",
                () -> bed().api().get(node("n1"), "/cluster").body().contains("\"nofailover\": true"));
        refused(cluster().plan(request().primaryTurn(PrimaryTurn.SWITCHOVER)), "PG-PATRONI-NO-CANDIDATE");
        assertThat(plan().findings()).as("the leader is restarted in place").anySatisfy(f -> assertThat(
                        f.id() + " " + f.observed())
                .isEqualTo("PG-PATRONI-FEWER-CANDIDATES nofailover: [n2], delayed: [n3]"));
    }

    private void append(String name, String file, String line) throws Exception {
        String data = bed().sql().value(node(name), "show data_directory");
        node(name).run("sh", "-c", "echo \"" + line + "\" >> " + data + "/" + file);
    }

    private void edit(String name, String expression) {
        node(name).run("sh", "-c", "sed -i \"$1\" /etc/patroni/*.yml && systemctl reload patroni", "sh", expression);
    }

    private void delay(String name) throws Exception {
        edit(name, "/^  pgpass:/a\\  recovery_conf: {recovery_min_apply_delay: 3s}");
        Eventually.holds(Duration.ofSeconds(60), name + " is delayed", () -> bed().sql()
                .value(node(name), "show recovery_min_apply_delay")
                .equals("3s"));
    }

    private void says(BedNode n, String word) {
        Eventually.holds(
                Duration.ofSeconds(60),
                n + " says " + word,
                () -> bed().api().get(n, "/patroni").body().contains(word));
    }

    private void known(int members) {
        Eventually.holds(Duration.ofSeconds(60), members + " members run", () -> {
            String view = bed().api().get(node("n1"), "/cluster").body();
            return List.of(view.split("\"state\": \"(running|streaming)\"", -1)).size() == members + 1;
        });
    }
}
