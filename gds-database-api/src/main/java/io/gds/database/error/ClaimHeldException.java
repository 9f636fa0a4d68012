package io.gds.database.error;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Another live run, or another live process, holds what this call needs. Nothing has been touched.
 *
 * <p>Immutable.
 */
public final class ClaimHeldException extends GdsDatabaseException {
    private static final long serialVersionUID = 1L;

    private final String run;
    private final String holder;
    private final String host;
    private final Instant since;

    /**
     * Creates the exception.
     *
     * @param what the cluster, lock or run that is held
     * @param run the run that holds it
     * @param holder the process that drives that run, or {@code nobody} when the run waits
     * @param host the host of that process
     * @param since when it was taken
     */
    public ClaimHeldException(String what, String run, String holder, String host, Instant since) {
        super(user("GDS-CLAIM-HELD")
                .message(what + " is held by run " + run + ", process " + holder + " on host " + host + ", since "
                        + since + ".")
                .remedy("wait for that run, resume or cancel it, or, when you know that it will never go on, break its"
                        + " claim by name: patcher.breakClaim(\"" + run + "\", by, reason).")
                .retryable());
        this.run = requireNonNull(run, "run");
        this.holder = requireNonNull(holder, "holder");
        this.host = requireNonNull(host, "host");
        this.since = requireNonNull(since, "since");
    }

    /** The run that holds the claim. */
    public String run() {
        return run;
    }

    /** The process that drives the run. */
    public String holder() {
        return holder;
    }

    /** The host of that process. */
    public String host() {
        return host;
    }

    /** When it was taken. */
    public Instant since() {
        return since;
    }
}
