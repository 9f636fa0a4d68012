package io.gds.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.mssql.SetupBehaviour;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operator calls it, against a model of a server. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HotfixesTest {
    private static final SetupBehaviour QUICK = SetupBehaviour.good().in(Duration.ofMillis(100));
    private static final SetupBehaviour BROKEN =
            SetupBehaviour.failing(1603, "Fatal error.").in(Duration.ofMillis(100));

    @TempDir
    private Path config;

    @TempDir
    private Path output;

    private record Said(int exitCode, String text) {}

    private Said call(String typed, String... more) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        List<String> words = new ArrayList<>(List.of(more));
        words.addAll(List.of("--config", config.toString(), "--output", output.toString()));
        int code = Hotfixes.run(new BufferedReader(new StringReader(typed)), out, out, words.toArray(String[]::new));
        return new Said(code, text.toString());
    }

    private String log() throws IOException {
        try (Stream<Path> all = Files.list(output.resolve("logs"))) {
            StringBuilder out = new StringBuilder();
            for (Path p : all.sorted().toList()) {
                assertThat(p.getFileName().toString()).matches("hotfix_\\d{8}_\\d{6}\\.log(\\.lck)?");
                out.append(Files.readString(p));
            }
            return out.toString();
        }
    }

    @Test
    void aPlanSaysWhatWouldHappenAndTouchesNothing() throws Exception {
        try (Server server = new Server(config, "test")) {
            Said said = call("", "--hotfix-plan");
            assertThat(said.exitCode()).as(said.text()).isZero();
            assertThat(said.text())
                    .contains("patch  127.0.0.1\\MSSQLSERVER", "16.0.4135.4 -> 16.0.4165")
                    .contains("SQLServer2022-KB5048038-x64.exe");
            assertThat(server.update.started()).isZero();
        }
    }

    @Test
    void theFleetCanBeTheActiveServersOfEarlierRuns() throws Exception {
        try (Server server = new Server(config, "test", QUICK)) {
            assertThat(call("", "--hotfix-plan", "--active-servers"))
                    .satisfies(
                            none -> assertThat(none.exitCode()).as(none.text()).isEqualTo(2))
                    .satisfies(none -> assertThat(none.text()).contains("found no active server"));
            assertThat(call("", "--deploy-hotfixes").exitCode()).isZero();
            // From here on the spec's own list leads nowhere: the history's is what counts.
            Path spec = config.resolve("fleet.yaml");
            Files.writeString(spec, Files.readString(spec).replace("server: 127.0.0.1", "server: nowhere.invalid"));
            Said said = call("", "--hotfix-plan", "--active-servers");
            assertThat(said.exitCode()).as(said.text()).isZero();
            assertThat(said.text())
                    .contains("127.0.0.1\\MSSQLSERVER", "up to date")
                    .doesNotContain("nowhere");
            assertThat(server.update.started()).isEqualTo(1);
        }
    }

    @Test
    void aDeploymentEndsWithZeroAndLeavesHistoryLogAndReport() throws Exception {
        try (Server server = new Server(config, "test", QUICK)) {
            Said said = call("", "--deploy-hotfixes");
            assertThat(said.exitCode()).as(said.text()).isZero();
            assertThat(said.text()).contains("success  127.0.0.1\\MSSQLSERVER  " + Server.NEW);
            assertThat(server.installed.patchLevel()).isEqualTo(Server.NEW);
            assertThat(log())
                    .contains(
                            "install-1 STEP_VERIFIED exit code 0 of D:\\packages\\hotfixes\\2022\\SQLServer2022-KB5048038-x64.exe"
                                    + " on 127.0.0.1\\MSSQLSERVER")
                    .contains("exit code 0 (succeeded)");
            assertThat(output.resolve("history.db")).exists();
            assertThat(output.resolve("hotfixes.xlsx")).isNotEmptyFile();
            try (Stream<Path> all = Files.list(output)) {
                assertThat(all.filter(p -> p.toString().endsWith(".html"))).hasSize(1);
            }
            assertThat(call("", "--hotfix-plan").text()).contains("skip   127.0.0.1\\MSSQLSERVER");
        }
    }

    @Test
    void productionIsAskedForUnlessYesWasSaid() throws Exception {
        try (Server server = new Server(config, "production", QUICK)) {
            Said no = call("n\n", "--deploy-hotfixes");
            assertThat(no.exitCode()).isEqualTo(130);
            assertThat(no.text()).contains("environment production", "[y/N]", "nothing was touched");
            assertThat(call("", "--deploy-hotfixes").exitCode())
                    .as("nobody there")
                    .isEqualTo(130);
            assertThat(server.update.started()).isZero();
            assertThat(call("", "--deploy-hotfixes", "--yes").exitCode()).isZero();
            assertThat(server.update.started()).isEqualTo(1);
        }
    }

    @Test
    void whatFailedEndsWithOneAndIsTriedAgainByItself() throws Exception {
        try (Server server = new Server(config, "test", BROKEN, QUICK)) {
            Said failed = call("", "--deploy-hotfixes");
            assertThat(failed.exitCode()).as(failed.text()).isEqualTo(1);
            assertThat(failed.text()).contains("failed  127.0.0.1\\MSSQLSERVER", "1603");
            Said again = call("", "--retry-failed");
            assertThat(again.exitCode()).as(again.text()).isZero();
            assertThat(server.update.started()).isEqualTo(2);
            assertThat(call("", "--retry-failed").text()).contains("nothing is left to do");
        }
    }

    /** Its neighbour may be production: nobody named it. */
    @Test
    void onlyTheInstanceThatFailedIsTriedAgain() throws Exception {
        try (Server server = new Server(config, "test", BROKEN, QUICK)) {
            Path spec = config.resolve("fleet.yaml");
            String text = Files.readString(spec);
            String one = text.lines()
                    .filter(l -> l.startsWith("  - {server"))
                    .findFirst()
                    .orElseThrow();
            String other =
                    one.replace("127.0.0.1,", "127.0.0.1, instance: SALES,").replace("test}", "production}");
            Files.writeString(spec, text.replace(one, one + "\n" + other));
            assertThat(call("", "--deploy-hotfixes", "--server", "127.0.0.1\\MSSQLSERVER")
                            .text())
                    .contains("failed  127.0.0.1\\MSSQLSERVER")
                    .doesNotContain("SALES");
            assertThat(log()).contains("exit code 1603 of D:\\packages", " on 127.0.0.1\\MSSQLSERVER");
            Said again = call("", "--retry-failed", "--yes");
            assertThat(again.exitCode()).as(again.text()).isZero();
            assertThat(again.text()).contains("success  127.0.0.1\\MSSQLSERVER").doesNotContain("SALES");
            assertThat(server.update.started()).isEqualTo(2);
        }
    }

    @Test
    void aDeploymentThatFailedGoesOnWhereItStopped() throws Exception {
        try (Server server = new Server(config, "test", BROKEN, QUICK)) {
            assertThat(call("", "--deploy-hotfixes").exitCode()).isEqualTo(1);
            Said resumed = call("", "--resume");
            assertThat(resumed.exitCode()).as(resumed.text()).isZero();
            assertThat(server.update.started()).isEqualTo(2);
            assertThat(server.installed.patchLevel()).isEqualTo(Server.NEW);
            assertThat(call("", "--resume").text()).contains("nothing is left to do");
        }
    }

    @Test
    void whoCannotBeReachedEndsWithThree() throws Exception {
        Server server = new Server(config, "test");
        server.close();
        Said said = call("", "--deploy-hotfixes", "--yes");
        assertThat(said.exitCode()).as(said.text()).isEqualTo(3);
        assertThat(said.text()).contains("MSSQL-UNREACHABLE");
    }

    @Test
    void mistakesInFilesAndArgumentsEndWithTwo() throws Exception {
        assertThat(call("", "--hotfix-plan").exitCode()).as("no files").isEqualTo(2);
        try (Server server = new Server(config, "test")) {
            assertThat(call("", "--hotfix-plan", "--colour").exitCode()).isEqualTo(2);
            assertThat(call("", "--hotfix-plan", "--deploy-hotfixes").exitCode())
                    .isEqualTo(2);
            assertThat(call("").exitCode()).isEqualTo(2);
            Said nobody = call("", "--hotfix-plan", "--server", "SQL99");
            assertThat(nobody.exitCode()).isEqualTo(2);
            assertThat(nobody.text()).contains("SQL99", "127.0.0.1");
            Files.writeString(config.resolve("hotfix_mapping.json"), "{\"schema_version\": 2}");
            Said wrong = call("", "--hotfix-plan");
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.text()).contains("/schema_version");
            assertThat(log()).contains("\tat io.gds");
            assertThat(server.update.started()).isZero();
        }
    }

    @Test
    void targetBuildsAreJudgedByACatalogue() throws Exception {
        Path index = Files.writeString(
                config.resolve("index.json"),
                """
                {"LastUpdated": "2026-01-01", "Data": [
                  {"Version": "16.0.1000", "SP": "RTM"},
                  {"Version": "16.0.4165", "CU": "CU16", "Retired": true},
                  {"Version": "16.0.4175", "CU": "CU17"},
                  {"Version": "16.0.4185", "CU": "CU18"}]}
                """);
        try (Server server = new Server(config, "test", QUICK)) {
            Said judged = call("", "--hotfix-plan", "--catalogue", index.toString());
            assertThat(judged.exitCode()).as(judged.text()).isZero();
            assertThat(judged.text()).contains("MSSQL-BUILD-RETIRED").doesNotContain("MSSQL-BUILD-BEHIND");
            Said newest = call("", "--hotfix-plan", "--catalogue", index.toString(), "--policy", "latest-cu");
            assertThat(newest.text()).contains("MSSQL-BUILD-BEHIND", "16.0.4185 (RTM CU18) or more");
            Said before = call("", "--hotfix-plan", "--catalogue", index.toString(), "--policy", "N-1");
            assertThat(before.text()).contains("MSSQL-BUILD-BEHIND", "16.0.4175 (RTM CU17) or more");
            Said refused = call("", "--deploy-hotfixes", "--yes", "--catalogue", index.toString());
            assertThat(refused.exitCode()).as(refused.text()).isEqualTo(2);
            assertThat(call("", "--hotfix-plan", "--policy", "n-1").exitCode())
                    .as("no catalogue")
                    .isEqualTo(2);
            assertThat(call("", "--hotfix-plan", "--catalogue", index.toString(), "--policy", "newest")
                            .text())
                    .contains("latest-cu", "latest-security", "n-1");
            Files.writeString(index, "{\"Data\": [{\"Version\": \"16\"}]}");
            Said wrong = call("", "--hotfix-plan", "--catalogue", index.toString());
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.text()).contains("/Data/0/Version");
            assertThat(server.update.started()).isZero();
        }
    }

    @Test
    void ctrlCStopsAtASafePointAndSetupGoesOn() throws Exception {
        try (Server server = new Server(config, "test", SetupBehaviour.good().in(Duration.ZERO))) {
            // a build in the background of a shell has SIGINT ignored, and so would everything that it starts
            Process process = new ProcessBuilder(
                            "env",
                            "--default-signal=INT",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Hotfixes.class.getName(),
                            "--deploy-hotfixes",
                            "--config",
                            config.toString(),
                            "--output",
                            output.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.resolve("said.txt").toFile())
                    .start();
            while (server.update.started() == 0 && process.isAlive()) {
                LockSupport.parkNanos(5_000_000); // the program needs the processor more
            }
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(output.resolve("said.txt")))
                    .isEqualTo(130);
            assertThat(Files.readString(output.resolve("said.txt"))).contains("at the next safe point");
            CompletableFuture<Said> resuming = CompletableFuture.supplyAsync(() -> call("", "--resume"));
            while (log().split("LEASE_TAKEN", -1).length <= 2 && !resuming.isDone()) {
                LockSupport.parkNanos(5_000_000);
            }
            server.update.endHanging();
            Said resumed = resuming.get(2, TimeUnit.MINUTES);
            assertThat(resumed.exitCode()).as(resumed.text()).isZero();
            assertThat(server.update.started())
                    .as("setup went on, and is not repeated")
                    .isEqualTo(1);
            assertThat(server.installed.patchLevel()).isEqualTo(Server.NEW);
        }
    }
}
