package io.gds.engine.mssql.internal.winrm;

import io.cloudsoft.winrm4j.client.ShellCommand;
import io.cloudsoft.winrm4j.client.WinRmClient;
import io.gds.database.spi.Command;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One command on a thread of its own. The client has no limit for a command and no way to end one: this one is given up by refusing to
 * ask for more output, upon which the client ends the command and its shell.
 */
final class WinRmCall implements Runnable {
    /** Whose call a thread is at work for; the client asks on that thread whether it is to go on. */
    private static final ThreadLocal<@Nullable WinRmCall> CURRENT = new ThreadLocal<>();

    private final WinRmClient client;
    private final String line;
    private final KeptText output;
    private final KeptText error;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean over;
    private volatile boolean begun;
    private volatile int exitCode = -1;
    private volatile @Nullable RuntimeException failure;

    WinRmCall(WinRmClient client, String line, Command command) {
        this.client = client;
        this.line = line;
        this.output = new KeptText(command.maxOutput());
        this.error = new KeptText(command.maxOutput());
    }

    /** Whether a client may ask for output once more. */
    static boolean mayGoOn() {
        WinRmCall call = CURRENT.get();
        return call == null || !call.over;
    }

    @Override
    public void run() {
        CURRENT.set(this);
        try {
            ShellCommand shell = client.createShell();
            try {
                if (!over) {
                    begun = true;
                    opened.countDown();
                    exitCode = shell.execute(line, output, error);
                }
            } finally {
                close(shell);
            }
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            CURRENT.remove();
            opened.countDown();
            ended.countDown();
        }
    }

    /** The command has ended by then, or its host is gone and with it the shell. */
    private static void close(ShellCommand shell) {
        try {
            shell.close();
        } catch (RuntimeException e) {
            // What the command did is known; the host forgets the shell by itself.
        }
    }

    /** Waits until there is a shell and the command is sent, or neither will be. */
    boolean awaitBegin(long millis) throws InterruptedException {
        return opened.await(millis, TimeUnit.MILLISECONDS);
    }

    boolean awaitEnd(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Nobody waits for it any more. */
    void giveUp() {
        over = true;
    }

    /** Whether the host may have seen the command. */
    boolean hasBegun() {
        return begun;
    }

    /** Why it failed; null when it did not. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    int exitCode() {
        return exitCode;
    }

    KeptText output() {
        return output;
    }

    KeptText error() {
        return error;
    }
}
