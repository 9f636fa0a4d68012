package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.run.Blocked;

/**
 * What an effect throws that looked once more, found that it is not the time, and changed nothing. It costs no try: the step waits,
 * explains itself like every wait, and the effect is made when it is the time, within the step's own time.
 *
 * <p>Immutable.
 */
public final class NotNowException extends GdsDatabaseException {
    private static final long serialVersionUID = 1L;

    private final Blocked blocked;

    /**
     * Creates the exception.
     *
     * @param code stable identifier, for example {@code MONGO-NOT-NOW}
     * @param what what is not done, for example {@code member m2 is not taken down}
     * @param blocked what is waited for
     */
    public NotNowException(String code, String what, Blocked blocked) {
        super(environment(code)
                .message(what + " now: " + blocked.observed() + ".")
                .remedy("nothing; it is asked for again.")
                .retryable());
        this.blocked = requireNonNull(blocked, "blocked");
    }

    /** What is waited for. */
    public Blocked blocked() {
        return blocked;
    }
}
