package io.gds.engine.mongo.internal.control;

import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A member that a systemd unit starts. */
final class UnitLauncher implements Launcher {
    private static final String ROOT = "root";

    private final String member;
    private final String unit;
    private final Supplier<HostShell> shell;

    UnitLauncher(String member, String unit, Supplier<HostShell> shell) {
        this.member = member;
        this.unit = unit;
        this.shell = shell;
    }

    private String property(String name) {
        return shell.get()
                .run(Command.of("systemctl", "show", "--value", "--property=" + name, "--", unit))
                .orElseThrow()
                .output()
                .strip();
    }

    @Override
    public OptionalLong process() {
        String pid = property("MainPID");
        return pid.matches("[1-9]\\d*") ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty();
    }

    @Override
    public void start() {
        HostShell host = shell.get();
        host.run(Command.of("systemctl", "reset-failed", "--", unit).as(ROOT)); // also when there is nothing to reset
        StartFailure.unless(
                member,
                host.run(Command.of("systemctl", "start", "--", unit).as(ROOT).timeout(StartFailure.LIMIT)));
    }

    /** By no stop of the unit: that one kills a server that has not ended after {@code TimeoutStopSec}. */
    @Override
    public void signal() {
        shell.get()
                .run(Command.of("systemctl", "kill", "--kill-who=main", "--signal=TERM", "--", unit)
                        .as(ROOT)
                        .timeout(Duration.ofSeconds(20)))
                .orElseThrow();
    }

    /** One whose unit is about to start it again by itself has not: that is not failed, but activating. */
    @Override
    public boolean hasCrashed() {
        return property("ActiveState").equals("failed");
    }

    @Override
    public String ending() {
        String result = property("Result");
        String status = property("ExecMainStatus");
        if (result.equals("success") || !status.matches("\\d{1,3}")) {
            return "";
        }
        return result.equals("exit-code")
                ? "it exited with " + status + StartFailure.inWords(Integer.parseInt(status))
                : "it was ended by signal " + status + ", " + result;
    }
}
