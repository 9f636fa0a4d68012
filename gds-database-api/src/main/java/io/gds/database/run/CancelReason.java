package io.gds.database.run;

/** Why a step is asked to stop. */
public enum CancelReason {
    /** A person or the host program asked for it. */
    USER,
    /** The step's time is over. */
    TIMEOUT,
    /** Another process leads the run now; nothing may be restored by this one. */
    DEPOSED,
    /** This process shuts down. */
    SHUTDOWN
}
