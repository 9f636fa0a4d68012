package io.gds.database.core.internal.journal;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process (or one patcher in it) that drives runs.
 *
 * @param name unique for ever: host, process, counter
 * @param host the machine, with its boot, so that process numbers mean something
 * @param pid the process
 * @param startedAt when the process started, epoch milliseconds, so that a reused number is not mistaken for it
 */
public record Holder(String name, String host, long pid, long startedAt) {
    private static final AtomicLong COUNTER = new AtomicLong();
    /** Asked once: neither changes while this process lives, and the resolver may be slow. */
    private static final String HOST_NAME = hostName();

    private static final String HOST = HOST_NAME + "/" + bootId();

    /** This process. */
    public static Holder current() {
        ProcessHandle me = ProcessHandle.current();
        long started = me.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return new Holder(
                HOST_NAME + ":" + me.pid() + ":" + started + ":" + COUNTER.incrementAndGet(), HOST, me.pid(), started);
    }

    /** Whether the other holder's process is certainly gone: same machine and boot, and no such process. */
    public boolean provesDead(Holder other) {
        if (!other.host.equals(host) || host.endsWith("/")) {
            return false;
        }
        return ProcessHandle.of(other.pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(p -> p.info().startInstant())
                .map(s -> other.startedAt != 0 && Math.abs(s.toEpochMilli() - other.startedAt) > 2000)
                .orElse(ProcessHandle.of(other.pid).isEmpty());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
