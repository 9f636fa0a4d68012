package io.gds.database.datasource;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes announcements by a small file: there it is, the hold begins; there it is gone, the hold ends. Beside it lies a file
 * of this instance of the application, {@code FILE.ack-INSTANCE}, that says how the hold stands; it is written anew every two
 * seconds, so that a dead instance is told from a living one.
 *
 * <p>The file's age is told by the file system's own clock and the hold's time by this process's, so no two clocks need to
 * agree. Thread-safe.
 */
public final class HoldFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HoldFile.class);
    private static final long IDLE_NANOS = Duration.ofMillis(20).toNanos();
    private static final long HELD_NANOS = Duration.ofMillis(2).toNanos();
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(2).toNanos();

    private final File file;
    private final AckFile ack;
    private final Hold hold;
    private final Thread watcher;
    private volatile boolean closed;

    /** Confined to the watcher, like all below: the token that the file names. */
    private String announced = "";

    private String told = "";
    private long toldAt;
    private String complaint = "";

    private HoldFile(Path path, String instance, Hold hold) {
        this.file = path.toFile();
        this.ack = new AckFile(path, instance);
        this.hold = requireNonNull(hold, "hold");
        this.watcher = new Thread(this::watch, "hold-file-" + path.getFileName());
        this.watcher.setDaemon(true);
    }

    static HoldFile watch(Path path, Hold hold) {
        String random = UUID.randomUUID().toString().substring(0, 8);
        return watch(path, ProcessHandle.current().pid() + "-" + random, hold);
    }

    /**
     * Watches a file.
     *
     * @param path absolute, in a directory that exists; whoever may write there may hold
     * @param instance tells this instance of the application from the others that watch the same file: letters, digits,
     *     dots, dashes and underscores
     * @param hold what is announced to
     * @throws UncheckedIOException when nothing can be written beside the file
     * @throws IllegalArgumentException when a parameter is not as described
     */
    public static HoldFile watch(Path path, String instance, Hold hold) {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("path: found " + path + ", expected an absolute one");
        }
        if (!instance.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException("instance: found \"" + instance
                    + "\", expected 1 to 100 letters, digits, dots, dashes and underscores");
        }
        HoldFile watched = new HoldFile(path, instance, hold);
        try {
            watched.ack.sweep();
            watched.ack.write(hold.state());
        } catch (IOException e) {
            throw new UncheckedIOException("acknowledging beside " + path, e);
        }
        watched.watcher.start();
        return watched;
    }

    private void watch() {
        while (!closed) {
            try {
                look();
                tell();
                complaint = "";
            } catch (IOException | IllegalArgumentException e) {
                String words = String.valueOf(e.getMessage());
                if (!words.equals(complaint)) { // a trouble that lasts is told once
                    LOG.warn("the announcement of holds by {} does not work: {}", file, words);
                    complaint = words;
                }
            }
            LockSupport.parkNanos(hold.state().isHeldBy(announced) ? HELD_NANOS : IDLE_NANOS);
        }
        lift();
        ack.remove();
    }

    /** Cheap while there is no file: this is asked fifty times a second. */
    private void look() throws IOException {
        if (file.lastModified() == 0) {
            lift();
            return;
        }
        Optional<AnnouncedHold> found = AnnouncedHold.read(file.toPath());
        if (found.isEmpty()) {
            lift();
        } else if (!found.get().token().equals(announced)) {
            lift();
            ack.write(hold.state());
            announced = found.get().token();
            Duration left = found.get().length().minus(ack.olderBy(file));
            if (!left.isNegative() && !left.isZero()) { // else its announcer died and nobody was here to see it
                hold.announce(announced, left);
            }
        }
    }

    private void lift() {
        if (!announced.isEmpty()) {
            hold.lift(announced);
            announced = "";
        }
    }

    private void tell() throws IOException {
        HoldState state = hold.state();
        String news = state.phase() + state.token() + (state.phase() == HoldState.Phase.HOLDING ? state.inUse() : "");
        long now = System.nanoTime();
        if (!news.equals(told) || now - toldAt > HEARTBEAT_NANOS) {
            ack.write(state);
            told = news;
            toldAt = now;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
        boolean interrupted = false;
        while (watcher.isAlive()) {
            try {
                watcher.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "hold file " + file;
    }
}
