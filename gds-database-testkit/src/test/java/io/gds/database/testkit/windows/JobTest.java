package io.gds.database.testkit.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a job: started, run by the scheduler, looked at, taken away. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JobTest {
    private static final String DIRECTORY = "C:\\ProgramData\\gds\\jobs\\r1";
    private static final String PACKAGE = "D:\\p\\SQLServer2022-KB5080999-x64.exe";
    private static final Map<String, String> REQUEST = Map.of(
            "directory", DIRECTORY, "task", "gds-r1", "runner", Hosts.SCRIPTS + "runner.ps1", "description", "a patch");

    private static final Map<String, Object> OF_RUN = of("r1", false);

    private static Map<String, Object> of(String prefix, boolean others) {
        return Map.of("directory", "C:\\ProgramData\\gds\\jobs", "prefix", prefix, "others", others);
    }

    private final Hosts bench = new Hosts();
    private final WindowsHost host = bench.host;

    @BeforeEach
    void aPackageAndItsJob() {
        host.files().put(PACKAGE, HostFile.declared(734_003_200L, Hosts.HASH).program(extracting()));
        job(Hosts.HASH);
        setup(Programs.endingAfter(Duration.ofMinutes(10), 0));
    }

    @AfterEach
    void nothingWasUnknown() {
        assertThat(host.unsupported()).isEmpty();
    }

    private static Program extracting() {
        return (call, on) -> {
            call.process().print("extracting to " + call.arguments().get(0) + "\r\n");
            return Programs.endingAfter(Duration.ofMinutes(1), 0).start(call, on);
        };
    }

    private void setup(Program program) {
        host.files().put("D:\\x\\setup.exe", HostFile.declared(1000, Hosts.HASH).program(program));
    }

    private void job(String hash) {
        host.files()
                .put(
                        DIRECTORY + "\\job.json",
                        HostFile.text("{\"packages\":[{\"path\":\"" + PACKAGE.replace("\\", "\\\\") + "\",\"sha256\":\""
                                + hash
                                + "\"}],\"programs\":[{\"phase\":\"extracting\",\"file\":\""
                                + PACKAGE.replace("\\", "\\\\")
                                + "\",\"arguments\":[\"/x:D:\\\\x\",\"/quiet\"]},{\"phase\":\"setup\",\"file\":"
                                + "\"D:\\\\x\\\\setup.exe\",\"arguments\":[\"/quiet\",\"/Action=Patch\"]}]}"));
    }

    private JsonNode start() {
        return bench.answer("job-start", REQUEST);
    }

    private JsonNode look() {
        host.timer().settle();
        return bench.answer("job-state", REQUEST);
    }

    @Test
    void aJobRunsToItsEnd() {
        JsonNode before = look();
        assertThat(before.get("directory").asBoolean()).isTrue();
        assertThat(before.get("marked").asBoolean()).isFalse();
        assertThat(before.get("task").asText()).isEqualTo("none");

        JsonNode started = start();
        assertThat(started.get("started").asBoolean()).isTrue();
        assertThat(started.get("found").asText()).isEqualTo("nothing");

        JsonNode extracting = look();
        assertThat(extracting.get("marked").asBoolean()).isTrue();
        assertThat(extracting.get("alive").asBoolean()).isTrue();
        assertThat(extracting.get("task").asText()).isEqualTo("Running");
        assertThat(extracting.get("lastTaskResult").asLong()).isEqualTo(ScheduledTask.RUNS);
        assertThat(extracting.get("state").get("phase").asText()).isEqualTo("extracting");
        assertThat(extracting.get("output").asText()).isEqualTo("extracting to /x:D:\\x");

        bench.clock.advance(Duration.ofMinutes(1));
        JsonNode setup = look();
        assertThat(setup.get("state").get("phase").asText()).isEqualTo("setup");
        assertThat(setup.get("alive").asBoolean()).isTrue();

        bench.clock.advance(Duration.ofMinutes(30));
        JsonNode ended = look();
        assertThat(ended.get("state").get("phase").asText()).isEqualTo("ended");
        assertThat(ended.get("state").get("exitCode").asInt()).isZero();
        assertThat(ended.get("state").get("endedAt").asText()).isEqualTo("2024-05-07T12:11:00.0000000Z");
        assertThat(ended.get("state").get("bootedAt").asText())
                .isEqualTo(ended.get("bootedAt").asText());
        assertThat(ended.get("alive").asBoolean()).isFalse();
        assertThat(ended.get("task").asText()).isEqualTo("Ready");
        assertThat(ended.get("lastTaskResult").asLong()).isZero();

        assertThat(bench.answer("jobs-end", OF_RUN).get("left")).isEmpty();
        assertThat(host.files().exists(DIRECTORY)).isFalse();
        assertThat(host.tasks().all()).isEmpty();
    }

    @Test
    void aJobBelongsToTheSystem() {
        start();
        look();
        assertThat(host.processes()
                        .running("SQLServer2022-KB5080999-x64.exe")
                        .get(0)
                        .account())
                .isEqualTo(Account.SYSTEM);
        assertThat(host.files().owner(DIRECTORY + "\\state.json")).isEqualTo(Account.ADMINISTRATORS);
    }

    @Test
    void startedTwiceItRunsOnce() {
        start();
        host.timer().settle();
        assertThat(start().get("found").asText()).isEqualTo("state");
        bench.clock.advance(Duration.ofMinutes(11));
        assertThat(host.events().count(HostEvent.Kind.PROCESS_STARTED, "setup.exe"))
                .isEqualTo(1);
        assertThat(start().get("started").asBoolean()).isFalse();
    }

    @Test
    void startedAgainBeforeTheSchedulerCameToItItRunsOnce() {
        host.tasks().takes(Duration.ofSeconds(20));
        assertThat(start().get("found").asText()).isEqualTo("nothing");
        assertThat(start().get("found").asText()).isEqualTo("task");
        assertThat(look().get("marked").asBoolean()).isFalse();
        bench.clock.advance(Duration.ofMinutes(12));
        assertThat(look().get("state").get("phase").asText()).isEqualTo("ended");
        assertThat(host.events().count(HostEvent.Kind.PROCESS_STARTED, "setup.exe"))
                .isEqualTo(1);
    }

    @Test
    void aSecondRunnerFindsTheMarkAndGoes() {
        start();
        host.timer().settle();
        Hosts.Result second = bench.run(Hosts.file(Hosts.SCRIPTS + "runner.ps1", "-Directory " + DIRECTORY));
        assertThat(second.code()).isZero();
        assertThat(host.events().count(HostEvent.Kind.PROCESS_STARTED, "SQLServer2022-KB5080999-x64.exe"))
                .isEqualTo(1);
    }

    @Test
    void aRestartInTheMiddleIsSeenByWhoLooks() {
        start();
        bench.clock.advance(Duration.ofMinutes(5));
        assertThat(look().get("state").get("phase").asText()).isEqualTo("setup");
        host.restart();
        bench.clock.advance(Duration.ofMinutes(5));
        JsonNode after = look();
        assertThat(after.get("state").get("phase").asText()).isEqualTo("setup");
        assertThat(after.get("alive").asBoolean()).isFalse();
        assertThat(after.get("bootedAt").asText())
                .isNotEqualTo(after.get("state").get("bootedAt").asText());
        assertThat(after.get("task").asText()).isEqualTo("Ready");
        assertThat(after.get("lastTaskResult").asLong()).isEqualTo(ScheduledTask.SHUT_DOWN);
    }

    /** Its end may come in the middle of a look. */
    @Test
    void aJobThatEndsWhileItIsLookedAtIsNotTakenForBrokenOff() {
        setup(Programs.hanging());
        start();
        bench.clock.advance(Duration.ofMinutes(5));
        host.timer().settle();
        host.events().once(HostEvent.Kind.PROCESS_LOOKED_FOR, "", () -> {
            host.processes().running("setup.exe").get(0).end(0);
            while (host.tasks().isRunning(host.tasks().all().get(0))) {
                Thread.onSpinWait();
            }
        });
        JsonNode during = bench.answer("job-state", REQUEST);
        assertThat(during.get("alive").asBoolean()).isFalse();
        assertThat(during.get("task").asText()).isEqualTo("Running");
        JsonNode after = look();
        assertThat(after.get("task").asText()).isEqualTo("Ready");
        assertThat(after.get("state").get("phase").asText()).isEqualTo("ended");
    }

    @Test
    void anotherProcessWithTheSameNumberIsNotTakenForTheJobs() {
        start();
        bench.clock.advance(Duration.ofMinutes(5));
        int number = look().get("state").get("processId").asInt();
        host.restart();
        host.faults().clockAhead(Duration.ofDays(-1));
        bench.clock.advance(Duration.ofMinutes(5));
        HostProcess other = host.processes().start("C:\\Windows\\a.exe", "", Programs.hanging());
        while (other.id() < number) {
            other = host.processes().start("C:\\Windows\\a.exe", "", Programs.hanging());
        }
        assertThat(other.id()).isEqualTo(number);
        assertThat(look().get("alive").asBoolean())
                .as("started before the job did")
                .isFalse();
    }

    @Test
    void aRestartRightAfterTheMarkLeavesAMarkWithoutAState() {
        host.tasks().takes(Duration.ofSeconds(1));
        host.events().once(HostEvent.Kind.FILE_WRITTEN, "\\once", host::restart);
        start();
        bench.clock.advance(Duration.ofMinutes(5));
        JsonNode after = look();
        assertThat(after.get("marked").asBoolean()).isTrue();
        assertThat(after.get("state").isNull()).isTrue();
        start();
        assertThat(look().get("task").asText())
                .as("a second run finds the mark and goes")
                .isEqualTo("Ready");
        assertThat(host.events().count(HostEvent.Kind.PROCESS_STARTED, "setup.exe"))
                .isZero();
    }

    @Test
    void aRestartWhileTheStateIsReplacedLeavesTheOldOneWhole() {
        host.tasks().takes(Duration.ofSeconds(1));
        host.events().once(HostEvent.Kind.FILE_WRITTEN, "\\state.new", () -> host.events()
                .once(HostEvent.Kind.FILE_WRITTEN, "\\state.new", host::restart));
        start();
        bench.clock.advance(Duration.ofMinutes(5));
        assertThat(look().get("state").get("phase").asText()).isEqualTo("preparing");
        assertThat(look().get("alive").asBoolean()).isFalse();
    }

    @Test
    void aPackageWithAnotherHashIsNotStarted() {
        job("f".repeat(64));
        start();
        JsonNode state = look().get("state");
        assertThat(state.get("phase").asText()).isEqualTo("failed");
        assertThat(state.get("failed").asText())
                .isEqualTo(PACKAGE + " has the SHA-256 " + Hosts.HASH + ", not " + "f".repeat(64));
        assertThat(host.events().count(HostEvent.Kind.PROCESS_STARTED, "SQLServer2022-KB5080999-x64.exe"))
                .isZero();
    }

    @Test
    void aNegativeExitCodeOfSetupIsSeenAsItIs() {
        setup(Programs.endingAfter(Duration.ofMinutes(3), -2_061_893_606));
        start();
        bench.clock.advance(Duration.ofMinutes(4));
        JsonNode state = look().get("state");
        assertThat(state.get("phase").asText()).isEqualTo("ended");
        assertThat(state.get("exitCode").asInt()).isEqualTo(-2_061_893_606);
    }

    @Test
    void anExtractionThatFailsIsTheEndOfTheJob() {
        host.files().put(PACKAGE, HostFile.declared(734_003_200L, Hosts.HASH).program(Programs.ending(5)));
        start();
        JsonNode state = look().get("state");
        assertThat(state.get("phase").asText()).isEqualTo("failed");
        assertThat(state.get("failed").asText()).isEqualTo("extracting ended with 5");
    }

    @Test
    void aSetupThatHangsStaysAliveAndItsJobIsNotTakenAway() {
        setup(Programs.hanging());
        start();
        bench.clock.advance(Duration.ofDays(9));
        assertThat(look().get("alive").asBoolean()).isTrue();
        JsonNode left = bench.answer("jobs-end", OF_RUN).get("left");
        assertThat(left).singleElement().satisfies(n -> assertThat(n.asText()).isEqualTo("gds-r1"));
        assertThat(host.files().exists(DIRECTORY)).isTrue();
        host.processes().running("setup.exe").get(0).end(7);
        assertThat(look().get("state").get("exitCode").asInt()).isEqualTo(7);
    }

    @Test
    void aJobWhoseTaskWasEndedIsNotTakenAwayWhileItsSetupGoesOn() {
        setup(Programs.hanging());
        start();
        bench.clock.advance(Duration.ofMinutes(5));
        look();
        host.processes().running("powershell.exe").get(0).end(1);
        assertThat(look().get("task").asText()).isEqualTo("Ready");
        assertThat(bench.answer("jobs-end", OF_RUN).get("left")).hasSize(1);
        assertThat(host.files().exists(DIRECTORY)).isTrue();
        host.processes().running("setup.exe").get(0).end(0);
        assertThat(bench.answer("jobs-end", OF_RUN).get("left")).isEmpty();
        assertThat(host.files().exists(DIRECTORY)).isFalse();
    }

    @Test
    void jobsOfOthersGoWhenTheyAreOverAndCopiesOfPackagesStay() {
        host.files().directory("C:\\ProgramData\\gds\\jobs\\fetch-1");
        setup(Programs.hanging());
        start();
        bench.clock.advance(Duration.ofMinutes(5));
        look();
        assertThat(bench.answer("jobs-end", of("r2", true)).get("left")).isEmpty();
        assertThat(host.files().exists(DIRECTORY)).as("it goes on").isTrue();
        host.processes().running("setup.exe").get(0).end(0);
        look();
        bench.answer("jobs-end", of("r2", false));
        assertThat(host.files().exists(DIRECTORY)).isTrue();
        bench.answer("jobs-end", of("r2", true));
        assertThat(host.files().exists(DIRECTORY)).isFalse();
        assertThat(host.tasks().all()).isEmpty();
        assertThat(host.files().exists("C:\\ProgramData\\gds\\jobs\\fetch-1")).isTrue();
    }

    /** While it looks at its package there is no installer to be seen. */
    @Test
    void aJobThatHasNotStartedItsInstallerCountsAsAnInstallation() {
        assertThat(bench.answer("running-setup", Map.of()).get("running")).isEmpty();
        host.files()
                .put(
                        Hosts.SCRIPTS + "hangs.ps1",
                        HostFile.text("param([string] $Directory)\nStart-Process C:\\hangs.exe -Wait"));
        host.files().put("C:\\hangs.exe", HostFile.declared(1, Hosts.HASH).program(Programs.hanging()));
        for (String name : List.of("gds-r0.x", "gds-fetch-1")) {
            bench.answer(
                    "job-start",
                    Map.of(
                            "directory",
                            DIRECTORY,
                            "task",
                            name,
                            "runner",
                            Hosts.SCRIPTS + "hangs.ps1",
                            "description",
                            "of another run"));
        }
        JsonNode running = bench.answer("running-setup", Map.of()).get("running");
        assertThat(running).singleElement().satisfies(r -> {
            assertThat(r.get("name").asText()).isEqualTo("task gds-r0.x");
            assertThat(r.get("commandLine").asText()).isEqualTo("of another run");
        });
    }

    @Test
    void aPackageThatAnAntivirusTookIsAFailure() {
        host.files().remove(PACKAGE);
        start();
        assertThat(look().get("state").get("failed").asText())
                .isEqualTo("Cannot find path '" + PACKAGE + "' because it does not exist.");
    }

    @Test
    void aJobWithoutItsFilesIsNotStarted() {
        host.files().remove(DIRECTORY + "\\job.json");
        JsonNode a = start();
        assertThat(a.get("failed").asText()).isEqualTo("the job's files are not in " + DIRECTORY);
        assertThat(a.get("at").asText()).isEqualTo("11");
    }

    @Test
    void aSchedulerThatIsDisabledIsAFailure() {
        host.faults().schedulerDisabled(true);
        assertThat(start().get("failed").asText())
                .startsWith("The service cannot be started, either because it is disabled");
        assertThat(host.tasks().all()).isEmpty();
    }

    @Test
    void aDiskThatIsFullLeavesTheStateOfBefore() {
        host.events().once(HostEvent.Kind.FILE_MOVED, "state.json", () -> host.faults()
                .full("C:", true));
        start();
        JsonNode a = look();
        assertThat(a.get("state").get("phase").asText()).isEqualTo("preparing");
        assertThat(a.get("task").asText()).isEqualTo("Ready");
        assertThat(a.get("lastTaskResult").asInt()).isEqualTo(1);
        assertThat(host.processes().running("SQLServer2022-KB5080999-x64.exe"))
                .as("nothing is started whose start could not be written down")
                .isEmpty();
    }

    @Test
    void aProgramThatIsGoneBeforeItsHandleIsHeldHasNoExitCode() {
        setup(Programs.ending(3010));
        host.faults().endsBeforeItsHandleIsHeld("setup.exe", true);
        start();
        bench.clock.advance(Duration.ofMinutes(2));
        assertThat(look().get("state").has("exitCode")).isFalse();
        host.faults().endsBeforeItsHandleIsHeld("setup.exe", false);
    }

    @Test
    void anUnsignedRunnerDoesNotRunWhereOnlySignedScriptsMay() {
        start();
        host.timer().settle();
        host.faults().onlySignedScripts(true);
        Hosts.Result r = bench.ask("job-state", REQUEST);
        assertThat(r.code()).isEqualTo(1);
        assertThat(r.err())
                .startsWith("File " + Hosts.SCRIPTS + "run.ps1 cannot be loaded. The file " + Hosts.SCRIPTS
                        + "run.ps1 is not digitally signed.");
    }

    @Test
    void aRunnerThatMayNotRunEndsItsTaskWithOne() {
        host.events()
                .once(HostEvent.Kind.TASK_STARTED, "r1", () -> host.faults().onlySignedScripts(true));
        start();
        host.timer().settle();
        host.faults().onlySignedScripts(false);
        JsonNode a = look();
        assertThat(a.get("marked").asBoolean()).isFalse();
        assertThat(a.get("task").asText()).isEqualTo("Ready");
        assertThat(a.get("lastTaskResult").asInt()).isEqualTo(1);
    }
}
