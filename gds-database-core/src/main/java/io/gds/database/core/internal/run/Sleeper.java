package io.gds.database.core.internal.run;

import java.time.Duration;

/** Lets time pass while a run waits in place. Tests move a clock instead. */
@FunctionalInterface
public interface Sleeper {
    /** Returns after about this time, or earlier. */
    void sleep(Duration time) throws InterruptedException;
}
