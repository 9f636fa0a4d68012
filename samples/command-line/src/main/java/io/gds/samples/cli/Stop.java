package io.gds.samples.cli;

import io.gds.database.core.RollingPatcher;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Approval;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl+C: asks the run to stop at the next safe point and keeps the process alive until it has. Installers that run on servers go on;
 * {@code --resume} finds them.
 */
final class Stop implements RunListener, AutoCloseable {
    private final RollingPatcher patcher;
    private final Terminal terminal;
    private final AtomicReference<@Nullable RunId> current = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::asked, "hotfix-stop");
    private volatile boolean requested;

    private Stop(RollingPatcher patcher, Terminal terminal) {
        this.patcher = patcher;
        this.terminal = terminal;
    }

    static Stop onCtrlC(RollingPatcher patcher, Terminal terminal) {
        Stop stop = new Stop(patcher, terminal);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    @Override
    public void onEvent(RunEvent event) {
        current.set(event.run());
    }

    private void asked() {
        RunId run = current.get();
        if (run == null) {
            return;
        }
        requested = true;
        terminal.error(
                "stopping run " + run + " at the next safe point; what setup has begun on a server goes on there");
        try {
            patcher.cancel(
                    run,
                    Approval.by(System.getProperty("user.name", "operator")).because("Ctrl+C"));
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GdsDatabaseException e) {
            terminal.error(String.valueOf(e.getMessage()));
        }
    }

    boolean isRequested() {
        return requested;
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // then it is the hook that waits for this
        }
    }
}
