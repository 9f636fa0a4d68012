package io.gds.database.core.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gds.database.Secret;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of the server: gdsfree (sudo without a password), gdsword (with one), gdsnone (no sudo), gdsdata (owns data). */
class SshSudoTest {
    private static final String PASSWORD = "it's $ecret \\ \"here\" é";

    @TempDir
    static Path server;

    private static Sshd sshd;

    @TempDir
    Path dir;

    @BeforeAll
    static void start() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/sudo")), "there is no /usr/bin/sudo: install sudo");
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/useradd")), "there is no useradd: install passwd");
        sshd = Sshd.start(
                server,
                List.of(),
                s -> s.write("password", "gdsword:" + PASSWORD + "\n"),
                "for a in gdsfree gdsword gdsnone; do useradd -M -d / -s /bin/bash -p '*' $a; done",
                "useradd -M -d " + server + " -s /bin/bash -p '*' gdsdata",
                "chpasswd < " + server + "/password",
                "echo 'Defaults logfile=" + server + "/sudo.log' > /etc/sudoers.d/gds",
                "echo 'Defaults:gdsfree use_pty' >> /etc/sudoers.d/gds", // what newer versions do by themselves
                "echo 'gdsfree ALL=(ALL) NOPASSWD: ALL' >> /etc/sudoers.d/gds",
                "echo 'gdsword ALL=(ALL) ALL' >> /etc/sudoers.d/gds",
                "chmod 440 /etc/sudoers.d/gds");
    }

    @AfterAll
    static void stop() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @BeforeEach
    void openToAll() {
        dir.toFile().setExecutable(true, false);
    }

    @AfterEach
    void endWhatTestsLeft() {
        SshShellTest.pids(dir.resolve("pids"))
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static Params settings(String login) {
        return sshd.settings().with("login", login);
    }

    private static Params withPassword() {
        return settings("gdsword").with("sudo", Params.of("password", "test:sudo"));
    }

    private static HostShell open(Params settings, String secret) {
        return new SshShellProvider().open("127.0.0.1", settings, reference -> Secret.of(secret));
    }

    @Test
    void sudoWithoutAPasswordBecomesAnyUser() {
        try (HostShell shell = open(settings("gdsfree").with("sudo", true), "")) {
            assertThat(who(shell, "")).isEqualTo("gdsfree");
            assertThat(who(shell, "gdsfree")).isEqualTo("gdsfree");
            assertThat(who(shell, "root")).isEqualTo("root");
            assertThat(who(shell, "gdsdata")).isEqualTo("gdsdata");
            assertThat(shell.run(Command.of("sh", "-c", "echo $HOME").as("gdsdata"))
                            .output()
                            .strip())
                    .isEqualTo(server.toString());
            assertThatThrownBy(() -> shell.run(Command.of("id").as("no_such_user")))
                    .hasMessageContaining("GDS-SSH-SUDO")
                    .hasMessageContaining("no_such_user");
            for (String name : List.of("--help", "a b", "x;y", "#0")) {
                assertThatThrownBy(() -> shell.run(Command.of("id").as(name))).hasMessageContaining("GDS-SHELL-USER");
            }
        }
    }

    @Test
    void theShellsUserRunsWhatSaysNothingElse() {
        try (HostShell shell = open(settings("gdsfree").with("sudo", true).with("user", "gdsdata"), "")) {
            assertThat(who(shell, "")).isEqualTo("gdsdata");
            assertThat(who(shell, "root")).isEqualTo("root");
        }
    }

    @Test
    void aPasswordIsGivenToSudoAndToNobodyElse() {
        try (HostShell shell = open(withPassword(), PASSWORD)) {
            assertThat(who(shell, "root")).isEqualTo("root");
            CommandResult result = shell.run(Command.of("sh", "-c", "cat; cat /proc/[0-9]*/cmdline")
                    .as("root")
                    .input("mine")
                    .maxOutput(1_000_000));
            assertThat(result.output()).startsWith("mine").doesNotContain("$ecret");
            CommandResult silent =
                    shell.run(Command.of("sh", "-c", "cat; echo err >&2").as("root"));
            assertThat(silent.output()).isEmpty();
            assertThat(silent.error()).isEqualTo("err\n");
        }
        // Where sudo asks for none, nothing of it reaches the command.
        try (HostShell shell = open(settings("gdsfree").with("sudo", Params.of("password", "test:sudo")), PASSWORD)) {
            assertThat(shell.run(Command.of("cat").as("root")).output()).isEmpty();
            assertThat(who(shell, "root")).isEqualTo("root");
        }
        assertThat(sshd.read("sudo.log")).contains("COMMAND=").doesNotContain("$ecret");
    }

    @Test
    void aWrongPasswordIsTriedOnce() {
        try (HostShell shell = open(withPassword(), "wrong one")) {
            assertThatThrownBy(() -> shell.run(Command.of("id").as("root")))
                    .hasMessageContaining("GDS-SSH-SUDO")
                    .hasMessageContaining("shell.sudo.password")
                    .message()
                    .doesNotContain("wrong one");
            Await.until("sudo has written its log", () -> sshd.read("sudo.log").contains("incorrect password"));
            assertThat(sshd.read("sudo.log")).contains("1 incorrect password attempt");
            assertThat(who(shell, "")).isEqualTo("gdsword");
        }
    }

    @Test
    void sudoThatWantsAPasswordWeDoNotHaveIsSaidSo() {
        try (HostShell shell = open(settings("gdsword").with("sudo", true), "")) {
            assertThatThrownBy(() -> shell.run(Command.of("id").as("root")))
                    .hasMessageContaining("GDS-SSH-SUDO")
                    .hasMessageContaining("a password is required");
        }
        try (HostShell shell = open(settings("gdsnone").with("sudo", Params.of("password", "test:sudo")), "x")) {
            assertThatThrownBy(() -> shell.run(Command.of("id").as("root"))).hasMessageContaining("GDS-SSH-SUDO");
        }
        try (HostShell shell = open(settings("gdsnone"), "")) {
            assertThatThrownBy(() -> shell.run(Command.of("id").as("root")))
                    .hasMessageContaining("GDS-SHELL-USER")
                    .hasMessageContaining("shell.sudo is not set");
        }
    }

    @Test
    void rootNeedsNoSudo() {
        try (HostShell shell = open(settings("root").with("user", "gdsdata"), "")) {
            assertThat(who(shell, "")).isEqualTo("gdsdata");
            assertThat(who(shell, "root")).isEqualTo("root");
            assertThat(shell.run(Command.of("sh", "-c", "echo $HOME; kill -TERM $$"))
                            .output()
                            .strip())
                    .isEqualTo(server.toString());
            assertThat(shell.run(Command.of("sh", "-c", "kill -TERM $$"))).returns(15, CommandResult::exitCode);
        }
    }

    @Test
    void filesBelongToWhomTheyAreFor() throws Exception {
        Path file = dir.resolve("file");
        try (HostShell shell = open(withPassword().with("user", "gdsdata"), PASSWORD)) {
            shell.write(file.toString(), "x".getBytes(StandardCharsets.UTF_8), "600", "");
            assertThat(owner(shell, file)).isEqualTo("gdsdata gdsdata 600");
            assertThat(shell.read(file.toString())).hasValue("x".getBytes(StandardCharsets.UTF_8));
            shell.write(file.toString(), "y".getBytes(StandardCharsets.UTF_8), "640", "root");
            assertThat(owner(shell, file)).isEqualTo("root root 640");
            assertThatThrownBy(() -> shell.read(file.toString())).hasMessageContaining("Permission denied");
            Path local = dir.resolve("local");
            Files.write(local, new byte[3_000_000]);
            shell.upload(local, file.toString(), "400", "gdsdata");
            assertThat(owner(shell, file)).isEqualTo("gdsdata gdsdata 400");
            assertThat(file).hasSize(3_000_000);
        }
    }

    private static String owner(HostShell shell, Path file) {
        return shell.run(Command.of("stat", "-c", "%U %G %a", file.toString()).as("root"))
                .output()
                .strip();
    }

    @Test
    void aTimeOutEndsWhatRunsAsRootAndALaunchLivesOn() throws Exception {
        dir.toFile().setWritable(true, false);
        try (HostShell shell = open(withPassword(), PASSWORD)) {
            CommandResult result = shell.run(Command.of(
                            "sh",
                            "-c",
                            "echo $$ >> " + dir + "/pids; setsid sleep 600 & echo $! >> " + dir
                                    + "/pids; exec sleep 600")
                    .as("root")
                    .timeout(Duration.ofSeconds(1)));
            assertThat(result.status()).isEqualTo(Status.TIMED_OUT);
            assertThat(SshShellTest.pids(dir.resolve("pids"))).hasSize(2).noneMatch(SshShellTest::lives);
            Files.delete(dir.resolve("pids"));
            shell.launch(Command.of("sh", "-c", "echo $$ >> " + dir + "/pids; exec sleep 600")
                    .as("root"));
        }
        Await.until("it runs", () -> !SshShellTest.pids(dir.resolve("pids")).isEmpty());
        assertThat(SshShellTest.pids(dir.resolve("pids"))).allMatch(SshShellTest::lives);
    }

    @Test
    void allOfTheOutputComesThroughSudo() {
        for (String login : List.of("gdsfree", "gdsword")) {
            Params settings = settings(login).with("sudo", Params.of("password", "test:sudo"));
            try (HostShell shell = open(settings, PASSWORD)) {
                CommandResult result = shell.run(Command.of("sh", "-c", "seq 200000; seq 100000 >&2; exit 3")
                        .as("root")
                        .maxOutput(10_000_000));
                assertThat(result.exitCode()).isEqualTo(3);
                assertThat(result.output().lines()).hasSize(200_000);
                assertThat(result.error().lines()).hasSize(100_000);
                assertThat(shell.run(Command.of("sh", "-c", "kill -INT $$").as("root")))
                        .returns(2, CommandResult::exitCode);
            }
        }
    }

    private static String who(HostShell shell, String user) {
        Command id = Command.of("id", "-un");
        return shell.run(user.isEmpty() ? id : id.as(user)).output().strip();
    }
}
