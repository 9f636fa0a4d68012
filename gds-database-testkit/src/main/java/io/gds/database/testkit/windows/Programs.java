package io.gds.database.testkit.windows;

import java.time.Duration;

/** Programs for tests that do not need a real one. */
public final class Programs {
    private Programs() {}

    /** One that ends at once. */
    public static Program ending(int exitCode) {
        return (call, host) -> {
            call.process().end(exitCode);
            return RunningProgram.NOTHING;
        };
    }

    /** One that writes a line and ends at once. */
    public static Program saying(String line, int exitCode) {
        return (call, host) -> {
            call.process().print(line + "\r\n");
            call.process().end(exitCode);
            return RunningProgram.NOTHING;
        };
    }

    /** One that ends after a while of the host's time. */
    public static Program endingAfter(Duration time, int exitCode) {
        return (call, host) -> {
            HostTimer.Later end = host.timer().after(time, () -> call.process().end(exitCode));
            return end::cancel;
        };
    }

    /** One that never ends by itself. */
    public static Program hanging() {
        return (call, host) -> RunningProgram.NOTHING;
    }
}
