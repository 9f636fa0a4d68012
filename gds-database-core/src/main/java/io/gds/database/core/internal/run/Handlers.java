package io.gds.database.core.internal.run;

import io.gds.database.DatabaseEngine;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ActionId;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.spi.StepHandler;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** The handlers of a run: the core's own and those of the engine. */
public final class Handlers {
    private final Map<ActionId, StepHandler<DatabaseEngine>> byAction = new HashMap<>();

    /** Adds handlers; a second one for an action is an error of the plugin. */
    @SuppressWarnings("unchecked") // an engine's handlers only ever see engines of its own provider
    public Handlers add(Collection<? extends StepHandler<?>> more) {
        for (StepHandler<?> h : more) {
            if (byAction.put(h.action(), (StepHandler<DatabaseEngine>) h) != null) {
                throw GdsDatabaseException.plugin("GDS-HANDLER-TWICE")
                        .message("two handlers for " + h.action() + ", the second is "
                                + h.getClass().getName() + ".")
                        .remedy("give one of them another name or version.")
                        .build();
            }
        }
        return this;
    }

    /** The handler of an action that {@link #require} has checked. */
    public StepHandler<DatabaseEngine> get(ActionId action) {
        StepHandler<DatabaseEngine> h = byAction.get(action);
        if (h == null) {
            throw missing(action.toString());
        }
        return h;
    }

    /** Refuses a plan with an action that nobody can do, before anything is touched. */
    public void require(Plan plan) {
        TreeSet<String> absent = new TreeSet<>();
        for (Step s : plan.steps()) {
            if (!byAction.containsKey(s.action())) {
                absent.add(s.action().toString());
            }
            s.undo()
                    .filter(u -> !byAction.containsKey(u.action()))
                    .ifPresent(u -> absent.add(u.action().toString()));
        }
        if (!absent.isEmpty()) {
            throw missing(String.join(", ", absent));
        }
    }

    private static GdsDatabaseException missing(String what) {
        return GdsDatabaseException.user("GDS-HANDLER-MISSING")
                .message("no handler for " + what + "; nothing has been touched.")
                .remedy("use the releases of the library and of the engine that made the plan, or plan again.")
                .build();
    }
}
