package io.gds.database.core.internal.report;

import io.gds.database.plan.BracketEnd;
import io.gds.database.plan.Step;

/** The planned way back of a step, in a few words. */
final class WayBackText {
    private WayBackText() {}

    static String of(Step s) {
        if (s.isSeal()) {
            return "none behind this step";
        }
        if (s.bracket().isPresent()) {
            BracketEnd b = s.bracket().get();
            return "bracket " + b.bracket()
                    + (b.side() == BracketEnd.Side.OPENS ? " is closed" : " is opened again if needed");
        }
        return s.undo().map(u -> u.action().name()).orElse("nothing to take back");
    }
}
