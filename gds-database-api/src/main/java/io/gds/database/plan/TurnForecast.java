package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;

/**
 * The write gaps to expect of the two ways in which a primary's turn may go.
 *
 * @param switchover of a switchover
 * @param restartInPlace of a restart in place
 * @param basis what the figures rest on, one line for people
 */
public record TurnForecast(Duration switchover, Duration restartInPlace, String basis) {
    /** Checks the parts. */
    public TurnForecast {
        requireNonNull(switchover, "switchover");
        requireNonNull(restartInPlace, "restartInPlace");
        requireNonNull(basis, "basis");
    }

    /** The way with the shorter gap; a switchover when they are equal, since it leaves a server to go back to. */
    public PrimaryTurn shorter() {
        return restartInPlace.compareTo(switchover) < 0 ? PrimaryTurn.RESTART_IN_PLACE : PrimaryTurn.SWITCHOVER;
    }

    /** The forecast as a plain object. */
    public Params document() {
        return Params.of("switchover", switchover, "restartInPlace", restartInPlace, "basis", basis);
    }

    /** Reads what {@link #document()} wrote. */
    public static TurnForecast fromDocument(Params doc) {
        return new TurnForecast(doc.duration("switchover"), doc.duration("restartInPlace"), doc.string("basis"));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "switchover %.2f s, restart in place %.2f s (%s)",
                switchover.toMillis() / 1000.0,
                restartInPlace.toMillis() / 1000.0,
                basis);
    }
}
