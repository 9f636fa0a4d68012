package io.gds.database.spi;

import io.gds.database.run.Blocked;

/** What {@link StepHandler#probe} answers: the only thing a resume trusts. */
public sealed interface Probed {
    /** The effect happened. */
    static Probed done() {
        return new Done();
    }

    /** It did not happen, and nothing of it. */
    static Probed notDone() {
        return new NotDone();
    }

    /** It happened in part; {@code apply} with the same facts finishes it. */
    static Probed partial(String observed) {
        return new Partial(observed);
    }

    /** It is happening. */
    static Probed inProgress(Blocked blocked) {
        return new InProgress(blocked);
    }

    /** Nobody can tell; a person must. */
    static Probed unknown(String observed, String settles) {
        return new Unknown(observed, settles);
    }

    /** It happened. */
    record Done() implements Probed {}

    /** It did not. */
    record NotDone() implements Probed {}

    /**
     * In part.
     *
     * @param observed what was seen
     */
    record Partial(String observed) implements Probed {}

    /**
     * It is happening.
     *
     * @param blocked what the wait says
     */
    record InProgress(Blocked blocked) implements Probed {}

    /**
     * Nobody can tell.
     *
     * @param observed what was seen
     * @param settles what would settle it
     */
    record Unknown(String observed, String settles) implements Probed {}
}
