package io.gds.database.spi;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;

/** A safety kernel's answer. */
public sealed interface Permit {
    /** Yes. */
    static Permit granted() {
        return new Granted(Params.empty());
    }

    /** Yes; these facts explain it and are journalled. */
    static Permit granted(Params facts) {
        return new Granted(facts);
    }

    /** Not now. */
    static Permit wait(Blocked blocked) {
        return new Wait(blocked);
    }

    /** No. */
    static Permit refused(Finding finding) {
        return new Refused(finding);
    }

    /**
     * Yes.
     *
     * @param facts what it was computed from
     */
    record Granted(Params facts) implements Permit {}

    /**
     * Not now.
     *
     * @param blocked what the wait says
     */
    record Wait(Blocked blocked) implements Permit {}

    /**
     * No.
     *
     * @param finding why, and the remedy
     */
    record Refused(Finding finding) implements Permit {}
}
