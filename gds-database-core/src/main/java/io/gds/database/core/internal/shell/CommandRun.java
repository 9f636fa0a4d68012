package io.gds.database.core.internal.shell;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** One command from its start to its end. Confined to one thread. */
final class CommandRun {
    static final File NOTHING = new File("/dev/null");

    private static final long LONGEST_PAUSE_MILLIS = 20;
    private static final Duration GRACE = Duration.ofMillis(250);
    private static final Duration BURIAL = Duration.ofSeconds(2);
    /** A new pipe takes this much without anybody reading. */
    private static final int PIPE = 32 * 1024;
    /** As waitpid() is told by the JDK and by shells: 128 and the signal's number. */
    private static final int SIGNAL_BASE = 128;

    private static final int LAST_SIGNAL = 64;

    private final Command command;
    private final long started = System.nanoTime();

    CommandRun(Command command) {
        this.command = command;
    }

    CommandResult run(List<String> words, Map<String, String> environment) {
        String mark = UUID.randomUUID().toString();
        Process process;
        try {
            ProcessBuilder builder = builder(words, environment);
            builder.environment().put(ProcessTree.MARK, mark);
            if (command.input().isEmpty()) {
                builder.redirectInput(NOTHING);
            }
            process = builder.start();
        } catch (IOException | IllegalArgumentException e) {
            return notStarted(String.valueOf(e.getMessage()));
        }
        try {
            feed(process);
            return follow(process, new ProcessTree(process, mark));
        } finally {
            close(process);
        }
    }

    static ProcessBuilder builder(List<String> words, Map<String, String> environment) {
        // Not our own directory: another user may not be allowed into it.
        ProcessBuilder builder = new ProcessBuilder(words).directory(new File("/"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    CommandResult notStarted(String reason) {
        return new CommandResult(command.toString(), Status.NOT_STARTED, -1, "", command.masked(reason), false, took());
    }

    private CommandResult follow(Process process, ProcessTree tree) {
        OutputDrain out = new OutputDrain(process.getInputStream(), command.maxOutput());
        OutputDrain err = new OutputDrain(process.getErrorStream(), command.maxOutput());
        try {
            boolean inTime = untilExit(process, out, err);
            Set<Long> left = inTime ? Set.of() : tree.end();
            if (!inTime) {
                process.waitFor(BURIAL.toMillis(), TimeUnit.MILLISECONDS);
            }
            untilEmpty(out, err);
            String note = left.isEmpty() ? "" : "\nthese processes could not be ended: " + left;
            return inTime ? exited(process.exitValue(), out, err) : result(Status.TIMED_OUT, -1, out, err, note);
        } catch (InterruptedException e) {
            tree.end();
            Thread.currentThread().interrupt();
            throw GdsDatabaseException.environment("GDS-INTERRUPTED")
                    .message("command \"" + command + "\" was interrupted after " + took().toMillis()
                            + " ms; its processes were ended.")
                    .remedy("probe what it had done before running it again.")
                    .cause(e)
                    .build();
        }
    }

    private boolean untilExit(Process process, OutputDrain out, OutputDrain err) throws InterruptedException {
        long pause = 1;
        while (process.isAlive()) {
            Duration rest = command.timeout().minus(took());
            if (rest.isNegative() || rest.isZero()) {
                return false;
            }
            if (take(out, err)) {
                pause = 1;
                if (Thread.interrupted()) {
                    throw new InterruptedException("while the command was talking");
                }
            } else if (!process.waitFor(pause, TimeUnit.MILLISECONDS)) {
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
        return true;
    }

    /** From both each time: a command that fills one pipe must not wait for us to finish with the other. */
    private static boolean take(OutputDrain out, OutputDrain err) {
        boolean some = out.take();
        boolean more = err.take();
        return some || more;
    }

    /** What the command wrote is in the pipes by now; a daemon that goes on writing is not waited for. */
    private static void untilEmpty(OutputDrain out, OutputDrain err) {
        long start = System.nanoTime();
        boolean more = true;
        while (more && System.nanoTime() - start < GRACE.toNanos()) {
            more = take(out, err);
        }
    }

    private CommandResult exited(int code, OutputDrain out, OutputDrain err) {
        if (code > SIGNAL_BASE && code <= SIGNAL_BASE + LAST_SIGNAL) {
            return result(Status.KILLED, code - SIGNAL_BASE, out, err, "");
        }
        return result(Status.EXITED, code, out, err, "");
    }

    private CommandResult result(Status status, int code, OutputDrain out, OutputDrain err, String note) {
        return new CommandResult(
                command.toString(),
                status,
                code,
                out.text(command),
                err.text(command) + note,
                out.truncated() || err.truncated(),
                took());
    }

    private void feed(Process process) {
        byte[] input = command.input().getBytes(StandardCharsets.UTF_8);
        if (input.length == 0) {
            return;
        }
        if (input.length <= PIPE) {
            write(process, input);
            return;
        }
        Thread writer = new Thread(() -> write(process, input), "gds-command-input");
        writer.setDaemon(true);
        writer.start();
    }

    private static void write(Process process, byte[] input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            return; // it did not want to read all of it, which is its own business
        }
    }

    private static void close(Process process) {
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
        } catch (IOException e) {
            return; // nothing more to give back
        }
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
