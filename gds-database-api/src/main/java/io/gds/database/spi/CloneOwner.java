package io.gds.database.spi;

import io.gds.database.plan.Params;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Whose a clone is. Immutable.
 *
 * @param dies whether the clone dies with the process that made it
 * @param machine the boot of the machine which that process runs on; empty when the machine does not tell
 * @param pid the process
 * @param started when the process began, in milliseconds, since numbers of processes come again; 0 when unknown
 */
public record CloneOwner(boolean dies, String machine, long pid, long started) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final long TOLERANCE_MILLIS = 2000;

    /** This process. */
    public static CloneOwner thisProcess(boolean dies) {
        ProcessHandle me = ProcessHandle.current();
        return new CloneOwner(dies, thisMachine(), me.pid(), started(me));
    }

    /** Reads what {@link #document} wrote. */
    public static CloneOwner of(Params note) {
        return new CloneOwner(
                note.flag("owned"),
                note.optionalString("machine").orElse(""),
                note.integer("pid"),
                note.integer("started"));
    }

    /** For a clone's note. */
    public Params document() {
        return Params.of("owned", dies, "machine", machine, "pid", pid).with("started", started);
    }

    /** Whether the clone should have died already; never, when that process is another machine's. */
    public boolean isGone() {
        return dies && hasDied();
    }

    /** Whether the process that made the clone is not there any more; never, when it is another machine's. */
    public boolean hasDied() {
        return machine.equals(thisMachine())
                && ProcessHandle.of(pid)
                        .filter(p -> Math.abs(started(p) - started) < TOLERANCE_MILLIS)
                        .isEmpty();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String thisMachine() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
