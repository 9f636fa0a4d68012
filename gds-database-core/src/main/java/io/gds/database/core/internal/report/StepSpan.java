package io.gds.database.core.internal.report;

/**
 * One pass of a step from intent to its end.
 *
 * @param step the step's name in the journal
 * @param number its place in the plan, from 1; 0 when the plan does not know it
 * @param lane the member it acted on, or {@code cluster}
 * @param title one line for people
 * @param back whether it belongs to the way back
 * @param time when
 * @param end how it ended
 */
record StepSpan(String step, int number, String lane, String title, boolean back, Interval time, End end) {
    /** How a pass ended. */
    enum End {
        /** The live system showed the effect. */
        VERIFIED("done"),
        /** Proven not done, or another pass was asked for. */
        AGAIN("to be done again"),
        /** It failed. */
        FAILED("failed"),
        /** Nobody could tell. */
        UNKNOWN("outcome unknown"),
        /** Nothing had to be done. */
        SKIPPED("skipped"),
        /** Taken back while it was under way. */
        UNDONE("taken back"),
        /** Not ended when the journal was read. */
        OPEN("not ended");

        private final String words;

        End(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
