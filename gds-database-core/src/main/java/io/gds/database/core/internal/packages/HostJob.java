package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installation that runs on the host and needs nobody to watch it. There is one at a time per directory, and attempts
 * are numbered: an order to start that arrives late finds its number used and does nothing. So a lost answer is never a
 * reason to repeat anything: whoever comes next looks at the directory. Thread-safe.
 */
final class HostJob {
    private static final Duration WATCH = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Half an hour of watching. */
    private static final int WATCHES = 90;

    private static final int LOST_IN_A_ROW = 5;
    private static final Pattern ANSWER_LINE = Pattern.compile("(ended|running|absent) (\\d{1,12})(?: (\\d{1,3}))?");

    private final HostShell shell;
    private final String directory;
    private final String script;
    private final Duration patience;

    /**
     * Describes it; touches nothing.
     *
     * @param directory an absolute path on the host, this job's own
     * @param script what it runs, see {@code job.sh}
     * @param patience how long it waits for locks of others
     */
    HostJob(HostShell shell, String directory, String script, Duration patience) {
        this.shell = requireNonNull(shell, "shell");
        this.directory = requireNonNull(directory, "directory");
        this.script = requireNonNull(script, "script");
        this.patience = requireNonNull(patience, "patience");
    }

    /** What became of an attempt. */
    enum Phase {
        /** It never began. */
        ABSENT,
        /** It is under way. */
        RUNNING,
        /** It is over, by itself or because it was killed. */
        ENDED
    }

    /**
     * What the directory says.
     *
     * @param phase how far it is
     * @param attempt the number of the latest attempt, 0 before the first
     * @param exitCode its exit code when it ended
     * @param packages what it was to bring, in words separated by blanks
     * @param log the end of what it said
     */
    record State(Phase phase, long attempt, int exitCode, String packages, String log) {}

    /** Waits for the end of an attempt of whomever, if there is one under way; whether there was. */
    boolean join() {
        State now = watch(-1, Duration.ZERO);
        if (now.phase() != Phase.RUNNING) {
            return false;
        }
        await(now);
        return true;
    }

    /**
     * Starts an attempt and waits for its end. When there is one already, or somebody else starts one at the same moment, it
     * is that one whose end is awaited: the answer says what it was to bring.
     *
     * @throws GdsDatabaseException with code {@code GDS-PACKAGE} when it cannot be started or its end cannot be awaited
     */
    State run(List<String> packages) {
        State now = watch(-1, Duration.ZERO);
        if (now.phase() == Phase.RUNNING) {
            return await(now);
        }
        long before = now.attempt();
        must(Command.of("sh", "-c", "umask 022 && mkdir -p -- \"$1\"", "sh", directory));
        String path = directory + "/job.sh";
        shell.write(path, script.getBytes(StandardCharsets.UTF_8), "644", "root");
        Optional<GdsDatabaseException> refused = start(path, before, packages);
        State end = await(before);
        if (end.phase() == Phase.ABSENT) {
            throw PackageErrors.environment(
                    "host " + shell.host() + ": the installation of " + packages + " could not be started"
                            + refused.map(e -> ": " + e.getMessage()).orElse(""),
                    "check that commands can be run as root on that host, then try again.",
                    true);
        }
        return end;
    }

    /** Whether it began is read from the directory, so an error here only explains why it did not. */
    private Optional<GdsDatabaseException> start(String path, long before, List<String> packages) {
        List<String> words =
                new ArrayList<>(List.of(path, directory, Long.toString(before), Long.toString(patience.toSeconds())));
        words.addAll(packages);
        Command job = Command.of("sh", words.toArray(String[]::new)).as("root");
        try {
            // A unit of its own, where there is systemd, so that the end of our session can never be its end.
            Command unit = Command.of("systemd-run", "--quiet", "--collect", "--no-ask-password")
                    .with("--unit=" + unitName(before + 1), "--", "/bin/sh")
                    .with(words.toArray(String[]::new))
                    .as("root");
            boolean systemd =
                    shell.run(Command.of("test", "-d", "/run/systemd/system")).succeeded();
            Status status = systemd ? started(shell.run(unit)) : Status.NOT_STARTED;
            if (status == Status.NOT_STARTED) {
                shell.launch(job);
            }
            return Optional.empty();
        } catch (GdsDatabaseException e) {
            return Optional.of(e);
        }
    }

    private String unitName(long attempt) {
        String name = directory.substring(directory.lastIndexOf('/') + 1);
        return "gds-packages-" + name.replaceAll("[^A-Za-z0-9_.-]", "_") + "-" + attempt;
    }

    /** An error of systemd-run is like no systemd; a lost answer is not. */
    private static Status started(CommandResult result) {
        return result.status() == Status.EXITED && !result.succeeded() ? Status.NOT_STARTED : result.status();
    }

    /** Its number may be about to grow, or has grown: either way it is over when its lock is free. */
    private State await(State running) {
        return await(running.attempt() - 1);
    }

    private State await(long before) {
        State state = watch(before, WATCH);
        for (int i = 1; i < WATCHES && state.phase() == Phase.RUNNING; i++) {
            state = watch(before, WATCH);
        }
        if (state.phase() == Phase.RUNNING) {
            throw PackageErrors.environment(
                    "host " + shell.host() + ": an installation has been running for half an hour, see " + directory
                            + "/log there",
                    "find out what it waits for; it goes on meanwhile, and trying again joins it.",
                    true);
        }
        return state;
    }

    /** Asking is harmless, so a lost answer is asked for again. */
    private State watch(long before, Duration wait) {
        Command command = Scripts.command("watch.sh", directory, Long.toString(before), Long.toString(wait.toSeconds()))
                .as("root")
                .timeout(wait.plus(ANSWER));
        CommandResult result = shell.run(command);
        for (int i = 1; i < LOST_IN_A_ROW && !result.succeeded(); i++) {
            result = shell.run(command);
        }
        if (!result.succeeded()) {
            throw PackageErrors.environment(
                    "host " + shell.host() + ": the state of the installation in " + directory + " cannot be read: "
                            + PackageErrors.said(result),
                    "restore the way to the host; the installation goes on meanwhile, and trying again joins it.",
                    true);
        }
        return parse(result.output());
    }

    private State parse(String output) {
        String[] lines = output.split("\n", 3);
        Matcher said = ANSWER_LINE.matcher(lines[0]);
        if (!said.matches()) {
            throw PackageErrors.environment(
                    "the state of the installation in " + directory + " on " + shell.host()
                            + " is not to be read: found \"" + PackageErrors.end(output)
                            + "\", expected ended, running or absent",
                    "see that a shell on that host prints nothing of its own.",
                    false);
        }
        return new State(
                Phase.valueOf(said.group(1).toUpperCase(Locale.ROOT)),
                Long.parseLong(said.group(2)),
                said.group(3) == null ? 0 : Integer.parseInt(said.group(3)),
                lines.length > 1 ? lines[1] : "",
                lines.length > 2 ? lines[2] : "");
    }

    private void must(Command command) {
        CommandResult result = shell.run(command.as("root"));
        if (!result.succeeded()) {
            throw PackageErrors.of("host " + shell.host(), result);
        }
    }
}
