package io.gds.database.spi;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;

/** What {@link StepHandler#prepare} answers. */
public sealed interface Prepared {
    /** Go on; the facts are committed before the effect. */
    static Prepared proceed(Params facts) {
        return new Proceed(facts);
    }

    /** What the step would do is so already, and not by us; nothing of it will be undone. */
    static Prepared already(String reason) {
        return new Already(reason);
    }

    /** The step does not apply here. */
    static Prepared skip(String reason) {
        return new Skip(reason);
    }

    /** Not now. */
    static Prepared hold(Blocked blocked) {
        return new Hold(blocked);
    }

    /** Never like this; the step fails with nothing done. */
    static Prepared refuse(Finding finding) {
        return new Refuse(finding);
    }

    /**
     * Go on.
     *
     * @param facts what {@code apply}, {@code probe} and the way back will see
     */
    record Proceed(Params facts) implements Prepared {}

    /**
     * It is so already.
     *
     * @param reason what was seen
     */
    record Already(String reason) implements Prepared {}

    /**
     * It does not apply.
     *
     * @param reason why
     */
    record Skip(String reason) implements Prepared {}

    /**
     * Not now.
     *
     * @param blocked what the wait says
     */
    record Hold(Blocked blocked) implements Prepared {}

    /**
     * Never like this.
     *
     * @param finding why, and the remedy
     */
    record Refuse(Finding finding) implements Prepared {}
}
