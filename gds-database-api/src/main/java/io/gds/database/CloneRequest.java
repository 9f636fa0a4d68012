package io.gds.database;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The wish for an ephemeral copy. Immutable.
 *
 * @param id the clone's name: lower-case letters, digits and dashes
 * @param owned whether the clone dies with the process that made it (swept later when that process was killed); a run's
 *     clone is not owned: its plan destroys it
 * @param timeout how long the copy may take
 */
public record CloneRequest(String id, boolean owned, Duration timeout) {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** Checks the parts. */
    public CloneRequest {
        if (!SHAPE.matcher(requireNonNull(id, "id")).matches()) {
            throw new IllegalArgumentException(
                    "clone id \"" + id + "\": expected up to 40 lower-case letters, digits and dashes");
        }
        requireNonNull(timeout, "timeout");
    }

    /** A clone that dies with this process. */
    public static CloneRequest named(String id) {
        return new CloneRequest(id, true, Duration.ofHours(1));
    }

    /** The same clone, but it stays until somebody destroys it by its id. */
    public CloneRequest unowned() {
        return new CloneRequest(id, false, timeout);
    }

    /** How long the copy may take. */
    public CloneRequest timeout(Duration limit) {
        return new CloneRequest(id, owned, limit);
    }
}
