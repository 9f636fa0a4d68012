package io.gds.database.run;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Params;
import java.io.Serializable;
import java.time.Duration;

/**
 * What a wait says: every wait explains itself.
 *
 * @param observed what was seen
 * @param needed what must be seen
 * @param clears what would make that happen
 * @param recheck after which time it is worth looking again
 */
public record Blocked(String observed, String needed, String clears, Duration recheck) implements Serializable {
    /** Checks the parts. */
    public Blocked {
        requireNonNull(observed, "observed");
        requireNonNull(needed, "needed");
        requireNonNull(clears, "clears");
        if (recheck.isNegative() || recheck.isZero()) {
            throw new IllegalArgumentException("recheck: expected more than zero, found " + recheck);
        }
    }

    /** The wait as a plain object. */
    public Params document() {
        return Params.of("observed", observed, "needed", needed, "clears", clears)
                .with("recheck", recheck);
    }

    /** Reads what {@link #document()} wrote. */
    public static Blocked fromDocument(Params doc) {
        return new Blocked(doc.string("observed"), doc.string("needed"), doc.string("clears"), doc.duration("recheck"));
    }

    @Override
    public String toString() {
        return "observed " + observed + "; needed " + needed + "; cleared by " + clears;
    }
}
