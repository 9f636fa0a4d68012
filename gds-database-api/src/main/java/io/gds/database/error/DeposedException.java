package io.gds.database.error;

/**
 * This process no longer leads the run: another one took its lease with a higher epoch.
 *
 * <p>Thrown by every journal write and by {@code StepContext.fence()}. A handler lets it pass and restores nothing: the
 * new holder does.
 */
public final class DeposedException extends GdsDatabaseException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param run the run
     * @param epoch the epoch this process held
     */
    public DeposedException(String run, long epoch) {
        super(user("GDS-DEPOSED")
                .message("another process has taken over run " + run + " (this process held epoch " + epoch + ").")
                .remedy("watch the run with patcher.runs().find(\"" + run
                        + "\"); this process must not act any more."));
    }
}
