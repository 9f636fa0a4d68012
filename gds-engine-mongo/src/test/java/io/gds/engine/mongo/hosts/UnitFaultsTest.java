package io.gds.engine.mongo.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.Fault;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.control.Mongod;
import io.gds.testbed.BedNode;
import io.gds.testbed.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that die and servers that cannot start, under systemd. */
@Tag("slow")
@Tag("long")
class UnitFaultsTest {
    @RegisterExtension
    static final UnitTestbed TESTBED = new UnitTestbed();

    private static UnitHosts hosts;
    private static HostsCase cluster;

    @BeforeAll
    static void start() throws Exception {
        hosts = TESTBED.hosts();
        cluster = new HostsCase(hosts, true);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Its unit is held, so that it stays dead until the run starts it again. */
    @Test
    void memberKilledBeforeItIsBack() throws Exception {
        try (HostInvariants invariants = new HostInvariants(hosts)) {
            Plan plan = cluster.plan(invariants.target());
            BedNode first = whoGoesDownFirstBut("", plan);
            Fault killed = Fault.at(RunEvent.Type.STEP_APPLIED, first.name() + "-start", () -> {
                kill(first);
                becomes(first, "failed");
            });
            invariants.patched(execute(plan, killed));
            invariants.nothingLost();
        }
    }

    @ParameterizedTest
    @CsvSource({"n1, true", "n2, true", "n3, false"})
    void otherMemberKilledMeanwhileIsStartedByItsUnitOrElseByTheRun(String name, boolean byItsUnit) throws Exception {
        BedNode victim = TESTBED.node(name);
        try (HostInvariants invariants = new HostInvariants(hosts)) {
            Plan plan = cluster.plan(invariants.target());
            String first = whoGoesDownFirstBut(name, plan).name();
            long before = restarts(victim);
            Fault killed = Fault.at(RunEvent.Type.STEP_VERIFIED, first + "-install", () -> kill(victim));
            invariants.patched(execute(plan, killed));
            assertThat(restarts(victim) - before).isEqualTo(byItsUnit ? 1 : 0);
            invariants.nothingLost();
        }
    }

    /** systemd takes such a start for a success; what it exited with is in the outcome. */
    @Test
    void memberThatCannotStart() throws Exception {
        try (HostInvariants invariants = new HostInvariants(hosts)) {
            Plan plan = cluster.plan(invariants.target());
            BedNode first = whoGoesDownFirstBut("", plan);
            Fault broken = Fault.at(
                    RunEvent.Type.STEP_VERIFIED,
                    first.name() + "-install",
                    () -> UnitHosts.sh(first, "printf '#!/bin/sh\\nexit 62\\n' >/usr/bin/mongod"));
            RunOutcome outcome = execute(plan, broken);
            assertThat(outcome.toString()).contains("it exited with 62, its data is not compatible");
            invariants.asFound(outcome, "GDS-PASSES-EXHAUSTED");
            invariants.nothingLost();
        }
    }

    @Test
    void onlyWhoDidNotEndInOrderHasCrashed() {
        BedNode n = TESTBED.node("n3"); // its unit never starts it by itself
        try (MongoEngine engine = (MongoEngine) cluster.open()) {
            Mongod mongod = new Mongod(engine, "n3");
            assertThat(mongod.hasCrashed()).isFalse();
            kill(n);
            becomes(n, "failed");
            assertThat(mongod.hasCrashed()).isTrue();
            assertThat(mongod.ending()).isEqualTo("it was ended by signal 9, signal");
            mongod.start();
            becomes(n, "active");
            hosts.awaitHealthy();
            mongod.tellToEnd(false);
            becomes(n, "inactive");
            assertThat(mongod.hasCrashed()).isFalse();
            assertThat(mongod.process()).isEmpty();
            mongod.start();
            hosts.awaitHealthy();
            mongod.signalToEnd();
            becomes(n, "inactive");
            assertThat(mongod.hasCrashed()).isFalse();
            mongod.start();
            hosts.awaitHealthy();
        }
    }

    private static RunOutcome execute(Plan plan, Fault fault) throws Exception {
        RunOutcome outcome = cluster.execute(plan, e -> {
            System.out.println(e);
            fault.onEvent(e);
        });
        fault.mustHaveHappened();
        return outcome;
    }

    private static BedNode whoGoesDownFirstBut(String name, Plan plan) {
        return plan.steps().stream()
                .filter(s -> s.action().toString().equals("member.stop@1"))
                .map(s -> s.params().string("member"))
                .filter(m -> !m.equals(name))
                .findFirst()
                .map(TESTBED::node)
                .orElseThrow();
    }

    private static void kill(BedNode n) {
        assertThat(n.kill9("^/usr/bin/mongod ")).as("somebody to kill").isTrue();
    }

    private static void becomes(BedNode n, String state) {
        Eventually.holds(Duration.ofSeconds(30), n + "'s unit is " + state, () -> hosts.property(n, "ActiveState")
                .equals(state));
    }

    /** How often systemd started it by itself. */
    private static long restarts(BedNode n) {
        return n.run("journalctl", "-q", "-o", "cat", "-u", "mongod")
                .lines()
                .filter(l -> l.contains("Scheduled restart job"))
                .count();
    }
}
