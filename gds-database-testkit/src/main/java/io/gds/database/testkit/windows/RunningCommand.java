package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A command on a host, seen from where it was sent. Thread-safe. */
public final class RunningCommand {
    private final WindowsHost host;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private @Nullable HostProcess process;
    private @Nullable UnsupportedPowerShell unsupported;

    /** What came since the last time. */
    public static final class Piece {
        private final byte[] stdout;
        private final byte[] stderr;
        private final OptionalInt exitCode;

        Piece(byte[] stdout, byte[] stderr, OptionalInt exitCode) {
            this.stdout = stdout;
            this.stderr = stderr;
            this.exitCode = exitCode;
        }

        /** What it wrote to standard output. */
        public byte[] stdout() {
            return stdout.clone();
        }

        /** What it wrote to standard error. */
        public byte[] stderr() {
            return stderr.clone();
        }

        /** Its exit code; empty while it runs. */
        public OptionalInt exitCode() {
            return exitCode;
        }
    }

    RunningCommand(WindowsHost host) {
        this.host = host;
    }

    synchronized void takeOut(byte[] bytes) {
        out.writeBytes(bytes);
        notifyAll();
    }

    synchronized void takeError(byte[] bytes) {
        err.writeBytes(bytes);
        notifyAll();
    }

    synchronized void failed(UnsupportedPowerShell what) {
        unsupported = what;
        notifyAll();
    }

    void process(HostProcess started) {
        synchronized (this) {
            process = started;
        }
        started.whenEnded(p -> wake());
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Its process. */
    public synchronized HostProcess process() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    /** Whether the host went down under it: nobody knows of it any more. */
    public boolean isLost() {
        return process().isLost();
    }

    /**
     * What it has written since the last time; waits for something, or for its end, but no longer than told.
     *
     * @param patience of real time
     * @throws HostUnreachable when the host went down under it
     * @throws UnsupportedPowerShell when its script uses what is not modelled
     */
    public synchronized Piece receive(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (out.size() == 0 && err.size() == 0 && process().isAlive()) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            try {
                wait(Math.min(left, 20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a host", e);
            }
        }
        if (unsupported != null) {
            throw unsupported;
        }
        if (isLost()) {
            throw new HostUnreachable(host.name());
        }
        OptionalInt code = process().exitCode();
        Piece piece = new Piece(out.toByteArray(), err.toByteArray(), code);
        out.reset();
        err.reset();
        return piece;
    }

    /** Waits for its end, and gives everything that has not been received yet. One that does not end is an error. */
    public Piece finish(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream allOut = new ByteArrayOutputStream();
        ByteArrayOutputStream allErr = new ByteArrayOutputStream();
        while (true) {
            Piece piece = receive(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            allOut.writeBytes(piece.stdout());
            allErr.writeBytes(piece.stderr());
            if (piece.exitCode().isPresent()) {
                return new Piece(allOut.toByteArray(), allErr.toByteArray(), piece.exitCode());
            }
            if (System.nanoTime() >= until) {
                throw new AssertionError("it still runs: " + process().commandLine());
            }
        }
    }

    /** Writes to its standard input. */
    public void send(byte[] bytes) {
        process().input().write(bytes);
    }

    /** There is no more standard input. */
    public void closeInput() {
        process().input().close();
    }

    /** Ctrl+C: its programs may do something about it; PowerShell ends. */
    public void interrupt() {
        process().running().interrupted();
    }

    /** Ends it and what it started; a task that it started is none of these. */
    public void terminate() {
        host.processes().killTree(process(), 1);
    }
}
