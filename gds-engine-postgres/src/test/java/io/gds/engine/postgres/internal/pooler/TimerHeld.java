package io.gds.engine.postgres.internal.pooler;

import java.io.IOException;

/** The timer's process, stopped in its tracks until closed: what a test does meanwhile is done before the timer acts. */
final class TimerHeld implements AutoCloseable {
    private final ProcessHandle timer;

    private TimerHeld(ProcessHandle timer) {
        this.timer = timer;
    }

    /** Takes hold of the only timer that waits for a pooler of this bed. */
    static TimerHeld of(PoolerBed bed) throws IOException {
        String script = bed.tokens().get(0) + "/pooler.sh timer ";
        ProcessHandle timer = ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains(script))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no timer runs: " + script));
        TimerHeld held = new TimerHeld(timer);
        held.signal("STOP");
        return held;
    }

    private void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(timer.pid())).start();
        int code = kill.onExit().join().exitValue();
        if (code != 0) {
            throw new AssertionError("kill -" + name + " " + this + " ended with " + code);
        }
    }

    @Override
    public void close() throws IOException {
        signal("CONT");
    }

    @Override
    public String toString() {
        return "timer " + timer.pid();
    }
}
