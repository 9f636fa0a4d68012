package io.gds.database.testkit.windows;

/** A program that was started. Called by any thread. */
@FunctionalInterface
public interface RunningProgram {
    /** One that has ended already, or does not care. */
    RunningProgram NOTHING = () -> {};

    /** Its process was ended from outside, or the host goes down: nothing of it may happen any more. */
    void killed();

    /** Somebody pressed Ctrl+C. */
    default void interrupted() {}
}
