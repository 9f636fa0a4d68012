package io.gds.database.spi;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;

/** What {@link StepHandler#verify} answers. */
public sealed interface Verdict {
    /** The live system shows the effect. */
    static Verdict holds() {
        return new Holds(Params.empty());
    }

    /** The live system shows the effect; these facts are added to the step's. */
    static Verdict holds(Params facts) {
        return new Holds(facts);
    }

    /** Not yet; look again. */
    static Verdict notYet(Blocked blocked) {
        return new NotYet(blocked);
    }

    /** One more pass of prepare and apply is needed. */
    static Verdict again(String evidence) {
        return new Again(evidence);
    }

    /** It will not come by waiting. */
    static Verdict broken(Finding finding) {
        return new Broken(finding, Params.empty());
    }

    /** It will not come by waiting; these facts are added to the step's. */
    static Verdict broken(Finding finding, Params facts) {
        return new Broken(finding, facts);
    }

    /**
     * The effect is there.
     *
     * @param facts more facts
     */
    record Holds(Params facts) implements Verdict {}

    /**
     * Look again.
     *
     * @param blocked what the wait says
     */
    record NotYet(Blocked blocked) implements Verdict {}

    /**
     * One more pass.
     *
     * @param evidence what was seen
     */
    record Again(String evidence) implements Verdict {}

    /**
     * It failed.
     *
     * @param finding what was seen, and the remedy
     * @param facts what is known all the same, for the history
     */
    record Broken(Finding finding, Params facts) implements Verdict {}
}
