package io.gds.engine.postgres.internal.control;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** One member seen from its own host: files and processes, without asking the server. Thread-safe. */
public final class Host {
    /** One log segment of the usual size. */
    public static final long LOG_NEEDS = 16L << 20;

    private static final int LOG_SHOWN = 800;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 5;
    /** Of postmaster.pid, counted from 0: number, directory, time, port, socket, address, memory, status. */
    private static final int STATUS_LINE = 7;

    private final PostgresEngine engine;
    private final String member;
    private final String dataDir;

    /** A member's host. */
    public Host(PostgresEngine engine, String member) {
        this.engine = engine;
        this.member = member;
        this.dataDir = engine.layout().dataDir(member);
    }

    /** What the control file says. */
    public ControlFile control() {
        byte[] bytes = engine.shell(member)
                .read(dataDir + "/global/pg_control")
                .orElseThrow(() -> GdsDatabaseException.environment("GDS-CONTROL-FILE")
                        .message("member " + member + ": " + dataDir + "/global/pg_control is not there.")
                        .remedy("check dataDir of the member in the cluster spec.")
                        .build());
        return ControlFile.of(bytes);
    }

    /** The postmaster of this data directory, by its lock file; empty when no such process is alive. */
    public OptionalLong postmaster() {
        String first =
                lockFile().flatMap(l -> l.stream().findFirst()).orElse("").strip();
        if (!first.matches("\\d+") || !isPostmaster(first)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(first));
    }

    /**
     * A number in a stale lock file may meanwhile be anybody's: the process must be a server of this data directory, by its
     * own words, or live in it. Only a yes is taken from the words; everything else is asked of the operating system.
     */
    private boolean isPostmaster(String pid) {
        return saysSo(pid) || livesHere(pid);
    }

    /** Read, not run: this is asked many times in a patch. Children of a server have other words. */
    private boolean saysSo(String pid) {
        try {
            List<String> words = engine.shell(member)
                    .read("/proc/" + pid + "/cmdline")
                    .map(b -> List.of(new String(b, StandardCharsets.UTF_8).split("\0", -1)))
                    .orElse(List.of());
            int option = words.indexOf("-D");
            return option > 0
                    && (words.get(0).equals("postgres") || words.get(0).endsWith("/postgres"))
                    && words.get(option + 1).equals(dataDir);
        } catch (GdsDatabaseException e) {
            return false; // not ours to read
        }
    }

    private boolean livesHere(String pid) {
        CommandResult r = run(Command.of("readlink", "-f", "/proc/" + pid + "/cwd", dataDir));
        List<String> lines = r.output().lines().toList();
        return r.succeeded() && lines.size() == 2 && lines.get(0).equals(lines.get(1));
    }

    /** Whether a start would make it a follower. */
    public boolean isFollower() {
        return engine.shell(member).read(dataDir + "/standby.signal").isPresent();
    }

    /** Bytes that are free where the log is written; empty when the host does not tell. */
    public OptionalLong freeBytes() {
        CommandResult r = run(Command.of("df", "-B1", "--output=avail", dataDir + "/pg_wal"));
        String last = r.output().lines().reduce((a, b) -> b).orElse("").strip();
        return r.succeeded() && last.matches("\\d+") ? OptionalLong.of(Long.parseLong(last)) : OptionalLong.empty();
    }

    /** Whether too little space is left for a server to start and write its log. */
    public boolean isDiskFull() {
        OptionalLong free = freeBytes();
        return free.isPresent() && free.getAsLong() < LOG_NEEDS;
    }

    /** Asks for a fast stop and returns at once. */
    public void requestStop() {
        run(pgCtl("stop").with("-m", "fast", "-W", "-s")).orElseThrow();
    }

    /**
     * Starts the server and waits until it answers or fails; a server that runs is left alone. Whether it fails is told by
     * pg_ctl, which looks every 100 ms only; that it is ready is read where pg_ctl reads it, at once.
     */
    public void start() {
        if (postmaster().isPresent()) {
            return;
        }
        String log = engine.spec().member(member).logFile().orElse(dataDir + "/gds-start.log");
        String before = run(Command.of("stat", "-c", "%s", log)).output().strip();
        FutureTask<CommandResult> pgCtl = new FutureTask<>(
                () -> run(pgCtl("start").with("-w", "-s", "-t", "50", "-l", log).timeout(START_LIMIT)));
        Thread waits = new Thread(pgCtl, "gds-start-" + member);
        waits.setDaemon(true);
        waits.start();
        try {
            while (!pgCtl.isDone()) {
                if (saysReady()) {
                    return;
                }
                waits.join(LOOK_MILLIS);
            }
            refuseFailed(pgCtl.get(), log, before);
        } catch (InterruptedException e) {
            pgCtl.cancel(true); // ends the command and its processes
            Thread.currentThread().interrupt();
            throw GdsDatabaseException.environment("GDS-INTERRUPTED")
                    .message("the start of member " + member + " was interrupted.")
                    .remedy("probe whether it runs before starting it again.")
                    .cause(e)
                    .build();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
        }
    }

    private void refuseFailed(CommandResult result, String log, String before) {
        if (result.status() == CommandResult.Status.EXITED && result.exitCode() != 0) {
            throw GdsDatabaseException.environment("PG-START-FAILED")
                    .message("member " + member + " did not start: "
                            + result.error().strip() + "\nIts log says: " + said(log, before))
                    .remedy("mend what the log says (" + log + " on the host of " + member + "), then retry the step.")
                    .build();
        }
        result.orElseThrow();
    }

    /** What this start wrote; earlier lines may hold the application's statements and are none of our business. */
    private String said(String log, String before) {
        String from = before.matches("\\d+") ? Long.toString(Long.parseLong(before) + 1) : "1";
        String text = run(Command.of("tail", "-c", "+" + from, log)).output().strip();
        return text.isEmpty() ? "nothing." : text.substring(Math.max(0, text.length() - LOG_SHOWN));
    }

    /** Whether the live postmaster's lock file says that it takes connections. */
    private boolean saysReady() {
        Optional<List<String>> lines = lockFile();
        return lines.isPresent()
                && lines.get().size() > STATUS_LINE
                && (lines.get().get(STATUS_LINE).strip().equals("ready")
                        || lines.get().get(STATUS_LINE).strip().equals("standby"))
                && postmaster().isPresent();
    }

    private Optional<List<String>> lockFile() {
        return engine.shell(member)
                .read(dataDir + "/postmaster.pid")
                .map(b -> new String(b, StandardCharsets.UTF_8).lines().toList());
    }

    /** The settings file of the server itself. */
    public AutoConf autoConf() {
        return AutoConf.parse(engine.shell(member)
                .read(dataDir + "/postgresql.auto.conf")
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .orElse(""));
    }

    /** Replaces the settings file; the server is down. */
    public void write(AutoConf conf) {
        write("/postgresql.auto.conf", conf.text());
    }

    /** Makes the next start one of a follower. */
    public void becomeFollower() {
        write("/standby.signal", "");
    }

    private void write(String file, String text) {
        engine.shell(member)
                .write(
                        dataDir + file,
                        text.getBytes(StandardCharsets.UTF_8),
                        "600",
                        engine.layout().owner(member).orElse(""));
    }

    private Command pgCtl(String verb) {
        String programs = engine.packages()
                .orElseThrow(() -> GdsDatabaseException.user("GDS-PACKAGES-MISSING")
                        .message("cluster " + engine.name() + " has no package manager in its spec.")
                        .remedy("add packages to the spec, for example type: directories.")
                        .build())
                .programs(member);
        return Command.of(programs + "/pg_ctl", verb, "-D", dataDir);
    }

    private CommandResult run(Command c) {
        Command as = engine.layout().owner(member).map(c::as).orElse(c);
        return engine.shell(member).run(as);
    }
}
