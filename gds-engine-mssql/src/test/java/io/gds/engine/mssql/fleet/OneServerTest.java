package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.database.testkit.mssql.UpdatePackage;
import io.gds.database.testkit.windows.HostEvent;
import io.gds.database.testkit.windows.HostFile;
import io.gds.database.testkit.winrm.Operation;
import io.gds.database.testkit.winrm.Trouble;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.RestartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One server from plan to end, by the real clients over the real protocols. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OneServerTest {
    @TempDir
    private Path directory;

    private static final SetupBehaviour QUICK = SetupBehaviour.good().in(Duration.ofMillis(300));

    @Test
    void aHotfixIsInstalledAndProven() throws Exception {
        try (OneServer server = new OneServer(directory, QUICK);
                DatabaseEngine fleet = Engines.open(server.spec("test"), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            Plan plan = patcher.plan(fleet, HotfixRequest.of("the test", OneServer.MAPPING));
            assertThat(plan.findings()).isEmpty();
            assertThat(plan.asRunbook()).contains("install SQLServer2022-KB5048038-x64.exe on 127.0.0.1");
            RunOutcome outcome = patcher.execute(plan, RunListener.printing(System.err));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(server.installed.patchLevel()).isEqualTo(OneServer.NEW);
            assertThat(server.instance.version()).isEqualTo(OneServer.NEW);
            assertThat(server.update.started()).isEqualTo(1);
            assertThat(server.host.files().list("C:\\ProgramData\\gds\\jobs", true))
                    .isEmpty();
            assertThat(server.host.files().exists("C:\\ProgramData\\gds\\claim"))
                    .isFalse();
            assertThat(server.host.unsupported()).isEmpty();
            assertThat(server.instance.refused()).isEmpty();
            assertThat(patcher.runs().rows("hotfix_runs").toString()).contains("\"status\":\"succeeded\"");
            assertThat(patcher.runs().rows("hotfix_targets", Map.of("server", "127.0.0.1")))
                    .singleElement()
                    .satisfies(t -> assertThat(t.toString())
                            .contains("\"status\":\"success\"", "\"pre_build\":\"" + OneServer.OLD + "\"")
                            .contains("\"post_build\":\"" + OneServer.NEW + "\"", "\"requires_restart\":0"));
            assertThat(patcher.runs().rows("hotfix_steps")).singleElement().satisfies(s -> assertThat(s.toString())
                    .contains("\"exit_code\":0", "\"order\":1", "KB5048038-x64.exe", "\"completed\":\"20"));
            assertThat(patcher.runs().servers()).hasSize(1);
        }
    }

    private static HotfixRequest request() {
        return HotfixRequest.of("the test", OneServer.MAPPING);
    }

    /** What a run came to, and everything that its history has to say. */
    private record Told(RunOutcome outcome, String history, String targets, String steps) {}

    private Told run(OneServer server, HotfixRequest request) throws Exception {
        return run(server, request, RunListener.printing(System.err));
    }

    private Told run(OneServer server, HotfixRequest request, RunListener listener) throws Exception {
        try (DatabaseEngine fleet = Engines.open(server.spec("test"), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            RunOutcome outcome = patcher.execute(patcher.plan(fleet, request), listener);
            return new Told(
                    outcome,
                    patcher.runs().find(outcome.run()).orElseThrow().events().toString(),
                    patcher.runs().rows("hotfix_targets").toString(),
                    patcher.runs().rows("hotfix_steps").toString());
        }
    }

    private static void nothingIsLeft(OneServer server) {
        assertThat(server.host.files().list("C:\\ProgramData\\gds\\jobs", true)).isEmpty();
        assertThat(server.host.files().exists("C:\\ProgramData\\gds\\claim")).isFalse();
        assertThat(server.host.tasks().all()).isEmpty();
        assertThat(server.host.unsupported()).isEmpty();
        assertThat(server.instance.refused()).isEmpty();
    }

    @Test
    void setupThatFailsIsToldWithItsCodeAndItsSummary() throws Exception {
        SetupBehaviour broken =
                SetupBehaviour.failing(0x84B20001, "The patch installer has failed to update the registry.");
        try (OneServer server = new OneServer(directory, broken.in(Duration.ofMillis(200)))) {
            Told told = run(server, request());
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Partial.class);
            assertThat(told.history())
                    .contains("MSSQL-SETUP-FAILED", "0x84B20001", "-2068709375", "failed to update the registry");
            assertThat(told.targets()).contains("\"status\":\"failed\"", "failed to update the registry");
            assertThat(told.steps()).contains("\"exit_code\":-2068709375", "\"status\":\"failed\"");
            assertThat(server.installed.patchLevel()).isEqualTo(OneServer.OLD);
            assertThat(server.update.started()).isEqualTo(1);
            nothingIsLeft(server);
        }
    }

    @Test
    void aRestartIsDoneWhereItIsAllowedAndWaitedFor() throws Exception {
        SetupBehaviour needsRestart = SetupBehaviour.restartRequired().in(Duration.ofMillis(200));
        try (OneServer server = new OneServer(directory, needsRestart)) {
            var booted = server.host.bootedAt();
            server.host.restartTakes(Duration.ofMillis(500));
            // Windows clears the sign when it has restarted.
            server.host.whenRestarted(() -> server.host.registry().remove(OneServer.REBOOT_PENDING));
            Told told = run(server, request().restart(RestartPolicy.RESTART));
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(server.host.bootedAt()).isAfter(booted);
            assertThat(server.instance.version()).isEqualTo(OneServer.NEW);
            nothingIsLeft(server);
        }
    }

    @Test
    void aSummaryOfASetupThatBeganBeforeOursIsNoWitness() throws Exception {
        String another =
                """
                Overall summary:
                  Final result:                  Failed: see details below
                  Exit code (Decimal):           1603
                  Start time:                    2020-01-01 00:00:00
                """
                        .replace("\n", "\r\n");
        try (OneServer server = new OneServer(directory, QUICK)) {
            server.host.events().once(HostEvent.Kind.PROCESS_ENDED, "setup.exe", () -> server.host
                    .files()
                    .put(
                            "C:\\Program Files\\Microsoft SQL Server\\160\\Setup Bootstrap\\Log\\Summary.txt",
                            HostFile.text(another)));
            Told told = run(server, request());
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(told.steps()).contains("Passed");
        }
    }

    /** Of a planner that died between making the folder and taking others' rights away, for example. */
    @Test
    void aFolderThatIsThereAlreadyLosesTheRightsOfOthers() throws Exception {
        try (OneServer server = new OneServer(directory, QUICK)) {
            server.host.files().directory("C:\\ProgramData\\gds");
            assertThat(run(server, request()).outcome()).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(server.host.files().acl("C:\\ProgramData\\gds")).isNotNull();
        }
    }

    @Test
    void aFullDiskLeavesNoMarkThatNamesNobody() throws Exception {
        try (OneServer server = new OneServer(directory, QUICK);
                DatabaseEngine fleet = Engines.open(server.spec("test"), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            Plan plan = patcher.plan(fleet, request());
            RunOutcome first = patcher.execute(plan, event -> {
                if (event.type() == RunEvent.Type.STEP_INTENT
                        && event.step().filter(s -> s.endsWith(":begin")).isPresent()) {
                    server.host.faults().full("C:", true);
                }
            });
            assertThat(first).isNotInstanceOf(RunOutcome.Succeeded.class);
            server.host.faults().full("C:", false);
            assertThat(server.host.files().list("C:\\ProgramData\\gds", false)).noneMatch(p -> p.contains("claim"));
            assertThat(run(server, request()).outcome()).isInstanceOf(RunOutcome.Succeeded.class);
            nothingIsLeft(server);
        }
    }

    @Test
    void aHostThatSetupHasRestartedIsNotRestartedAgain() throws Exception {
        SetupBehaviour restarts = new SetupBehaviour(1641, true, Duration.ofMillis(200), "", false);
        try (OneServer server = new OneServer(directory, restarts);
                DatabaseEngine fleet = Engines.open(server.spec("test"), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            server.host.restartTakes(Duration.ofMillis(500));
            Plan plan = patcher.plan(fleet, request().restart(RestartPolicy.RESTART));
            RunOutcome outcome = patcher.execute(
                    plan, RunListener.all(RunListener.printing(System.err), installed(server.host::restart)));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(server.host.events().count(HostEvent.Kind.RESTARTED, "SQL01"))
                    .isEqualTo(1);
            nothingIsLeft(server);
        }
    }

    /** Does something when the package is installed, before anybody asks what came of it. */
    private RunListener installed(Runnable what) {
        return e -> {
            if (e.type() == RunEvent.Type.STEP_VERIFIED
                    && e.step().filter(s -> s.endsWith("install-1")).isPresent()) {
                what.run();
            }
        };
    }

    private String checked(OneServer server, Runnable meanwhile) throws Exception {
        try (DatabaseEngine fleet = Engines.open(server.spec("test"), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            RunOutcome outcome = patcher.execute(patcher.plan(fleet, request()), installed(meanwhile));
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            return patcher.runs().rows("hotfix_targets").toString()
                    + patcher.runs().find(outcome.run()).orElseThrow().events();
        }
    }

    @Test
    void aScriptThatFailedIsFoundInTheLogThoughTheInstanceServes() throws Exception {
        try (OneServer server = new OneServer(directory, QUICK)) {
            String told = checked(server, () -> {
                Instant now = Instant.now().plusSeconds(1);
                server.instance
                        .catalogue()
                        .log(now, "spid7s", "Error: 912, Severity: 21, State: 2.")
                        .log(now, "spid7s", "Script level upgrade for database 'master' failed because of error 200.");
            });
            assertThat(told).contains("MSSQL-SCRIPT-UPGRADE", "Script level upgrade for database 'master' failed");
            assertThat(told).contains("\"status\":\"partial\"");
            nothingIsLeft(server);
        }
    }

    @Test
    void anUpdateThatIsHalfInstalledIsNoSuccess() throws Exception {
        try (OneServer server = new OneServer(directory, QUICK)) {
            String told = checked(server, () -> server.host
                    .registry()
                    .set("HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\MSSQL16.MSSQLSERVER\\Setup", "Resume", 1));
            assertThat(told).contains("MSSQL-SHORT-OF-TARGET", "half installed (Resume is 1)");
            nothingIsLeft(server);
        }
    }

    @Test
    void setupThatHangsEndsItsServersWorkAndIsLeftAlone() throws Exception {
        try (OneServer server = new OneServer(directory, SetupBehaviour.hanging())) {
            Told told = run(server, request().stepTimeout(Duration.ofSeconds(3)));
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Partial.class);
            assertThat(told.history()).contains("GDS-STEP-TIMEOUT", " goes on since ");
            assertThat(server.host.tasks().all()).hasSize(1);
            assertThat(server.host.files().exists("C:\\ProgramData\\gds\\claim"))
                    .isFalse();
        }
    }

    /** The run that left its job going is gone: what the job left belongs to nobody any more. */
    @Test
    void theNextRunCleansUpAfterOneThatLeftItsJobGoing() throws Exception {
        try (OneServer server = new OneServer(directory, SetupBehaviour.hanging(), QUICK)) {
            run(server, request().stepTimeout(Duration.ofSeconds(3)));
            assertThat(server.host.tasks().all()).hasSize(1);
            server.host.restartTakes(Duration.ofMillis(100));
            server.host.restart(); // it ends setup, and nobody is left to take away what the job left
            while (server.host.events().count(HostEvent.Kind.RESTARTED, "SQL01") == 0
                    || !server.instance.server().isAccepting()) {
                LockSupport.parkNanos(5_000_000);
            }
            assertThat(run(server, request()).outcome()).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(server.update.started()).isEqualTo(2);
            nothingIsLeft(server);
        }
    }

    @Test
    void whatWasInstalledIsRemovedOnTheWayBack() throws Exception {
        try (OneServer server = new OneServer(directory, QUICK, QUICK);
                DatabaseEngine fleet = Engines.open(server.spec("test"), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            RunOutcome there = patcher.execute(patcher.plan(fleet, request()), RunListener.none());
            assertThat(there).isInstanceOf(RunOutcome.Succeeded.class);
            RunOutcome back = patcher.rollback(
                    there.run(), Approval.by("kim").because("of the test"), RunListener.printing(System.err));
            assertThat(back).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(server.installed.patchLevel()).isEqualTo(OneServer.OLD);
            assertThat(server.update.started()).isEqualTo(2);
            nothingIsLeft(server);
        }
    }

    /** The way back of a step is another job than the step, on a host that still has the first one's. */
    @Test
    void whatWasInstalledIsRemovedWhenALaterPackageFails() throws Exception {
        try (OneServer server = new OneServer(directory)) {
            String folder = "D:\\packages\\hotfixes\\2022\\";
            UpdatePackage first = UpdatePackage.at(
                            server.host,
                            folder + "SQLServer2022-KB5046059-x64.exe",
                            "16.0.4150.1",
                            List.of(server.installed))
                    .unpacksIn(Duration.ofMillis(50))
                    .next(QUICK, QUICK);
            server.update.next(SetupBehaviour.failing(1603, "Fatal error during installation.")
                    .in(Duration.ofMillis(200)));
            String two = OneServer.MAPPING
                    .replace("\"order\": 1", "\"order\": 2")
                    .replace(
                            "\"files\": [",
                            "\"files\": [{\"filename\": \"SQLServer2022-KB5046059-x64.exe\", \"path\": \"hotfixes/2022/\","
                                    + " \"order\": 1, \"required\": true},");
            Told told = run(server, HotfixRequest.of("the test", two).removeOnFailure());
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Partial.class);
            assertThat(server.installed.patchLevel()).isEqualTo(OneServer.OLD);
            assertThat(first.started()).isEqualTo(2);
            nothingIsLeft(server);
        }
    }

    /** Its setup on the active node would end the instance, and leave the other node behind. */
    @Test
    void anInstanceOfAFailoverClusterIsLeftOut() throws Exception {
        try (OneServer server = new OneServer(directory);
                DatabaseEngine fleet = Engines.open(server.spec("test"), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            server.instance.clustered(true);
            Plan plan = patcher.plan(fleet, request());
            assertThat(plan.findings()).singleElement().satisfies(f -> assertThat(f.toString())
                    .contains("WARN MSSQL-FAILOVER-CLUSTER", "SQL01"));
            assertThat(plan.steps()).isEmpty();
        }
    }

    @Test
    void productionNeedsSomebodysWord() throws Exception {
        try (OneServer server = new OneServer(directory);
                DatabaseEngine fleet = Engines.open(server.spec("production"), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            Plan plan = patcher.plan(fleet, request());
            assertThat(plan.findings()).singleElement().satisfies(f -> assertThat(f.toString())
                    .contains("ACK MSSQL-PRODUCTION", "127.0.0.1"));
            assertThatThrownBy(() -> patcher.execute(plan, RunListener.none()))
                    .hasMessageContaining("MSSQL-PRODUCTION");
            assertThat(server.update.started()).isZero();
        }
    }

    @Test
    void aMissingPackageEndsThePlanEarly() throws Exception {
        try (OneServer server = new OneServer(directory);
                DatabaseEngine fleet = Engines.open(server.spec("test"), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            server.host.files().remove(server.update.toString());
            assertThatThrownBy(() -> patcher.plan(fleet, request()))
                    .hasMessageContaining("MSSQL-PACKAGE-MISSING")
                    .hasMessageContaining("127.0.0.1: D:\\packages\\hotfixes\\2022\\SQLServer2022-KB5048038-x64.exe");
        }
    }

    @Test
    void aConnectionThatIsCutInTheMiddleHurtsNobody() throws Exception {
        try (OneServer server = new OneServer(directory, SetupBehaviour.good().in(Duration.ofSeconds(8)))) {
            Thread cutter = new Thread(() -> {
                while (server.update.started() == 0) {
                    Thread.onSpinWait();
                }
                server.winRm.restart();
                server.winRm.cutAll();
            });
            cutter.setDaemon(true);
            cutter.start();
            Told told = run(server, request());
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(server.update.started()).isEqualTo(1);
            nothingIsLeft(server);
        }
    }

    /** A try that was proven to have done nothing is made again. */
    @Test
    void aConnectionThatIsCutRightBeforeSetupHurtsNobody() throws Exception {
        try (OneServer server = new OneServer(directory, SetupBehaviour.good().in(Duration.ofMillis(200)))) {
            AtomicBoolean again = new AtomicBoolean();
            Told told = run(server, request(), e -> {
                if (e.type() == RunEvent.Type.STEP_INTENT
                        && e.step().filter(s -> s.endsWith("install-1")).isPresent()
                        && !again.getAndSet(true)) {
                    server.winRm.plan(Operation.COMMAND, Trouble.dropAfter());
                }
            });
            assertThat(told.history()).contains("proven not done");
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(server.update.started()).isEqualTo(1);
            nothingIsLeft(server);
        }
    }
}
