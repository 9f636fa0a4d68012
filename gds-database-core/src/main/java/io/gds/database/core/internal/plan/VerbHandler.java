package io.gds.database.core.internal.plan;

import io.gds.database.Cloning;
import io.gds.database.DatabaseEngine;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ActionId;
import io.gds.database.plan.NamedOverride;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What the core's own handlers share: how they find the engine's verbs, and the usual answers. */
abstract class VerbHandler implements StepHandler<DatabaseEngine> {
    static final String CLONE = "clone";
    static final String MEMBER = "member";

    private final ActionId action;

    VerbHandler(String action) {
        this.action = ActionId.of(action);
    }

    @Override
    public final ActionId action() {
        return action;
    }

    /** The engine that a step works on: the cluster, or the clone that it names. */
    static DatabaseEngine engineOf(StepContext<DatabaseEngine> c) {
        return c.params()
                .optionalString(CLONE)
                .map(id -> facet(c.engine(), Cloning.class)
                        .findClone(id)
                        .orElseThrow(() -> GdsDatabaseException.environment("GDS-CLONE-GONE")
                                .message("clone " + id + " is not there any more.")
                                .remedy("rehearse again.")
                                .build())
                        .engine())
                .orElse(c.engine());
    }

    static RollingVerbs verbs(StepContext<DatabaseEngine> c) {
        return facet(engineOf(c), RollingVerbs.class);
    }

    static <T> T facet(DatabaseEngine engine, Class<T> type) {
        return engine.facet(type).orElseThrow(() -> GdsDatabaseException.user("GDS-FACET-MISSING")
                .message("engine " + engine.reference().engine() + " has no " + type.getSimpleName() + ".")
                .remedy("use an engine that can do this, or complete the cluster spec (packages, shell).")
                .build());
    }

    static Prepared permitted(Permit permit, Supplier<Params> facts) {
        if (permit instanceof Permit.Wait w) {
            return Prepared.hold(w.blocked());
        } else if (permit instanceof Permit.Refused r) {
            return Prepared.refuse(r.finding());
        }
        return Prepared.proceed(facts.get().with(((Permit.Granted) permit).facts()));
    }

    /** For effects that may safely be called again: not there yet means unfinished. */
    static Probed doneOrPartial(Verdict v) {
        if (v instanceof Verdict.Holds) {
            return Probed.done();
        } else if (v instanceof Verdict.NotYet n) {
            return Probed.partial(n.blocked().observed());
        } else if (v instanceof Verdict.Again a) {
            return Probed.partial(a.evidence());
        }
        return Probed.partial(((Verdict.Broken) v).finding().observed());
    }

    static Blocked soon(String observed, String needed, String clears) {
        return new Blocked(observed, needed, clears, Duration.ofMillis(100));
    }

    /** The request as far as checks need it: version and overrides. */
    static PatchRequest request(Params p) {
        PatchRequest r = PatchRequest.to(p.string("version"));
        for (Params o : p.objects("overrides")) {
            r = r.override(o.string("name"), o.string("by"), o.string("reason"));
        }
        return r;
    }

    static List<Params> overrides(PatchRequest request) {
        return request.overrides().stream().map(VerbHandler::document).toList();
    }

    private static Params document(NamedOverride o) {
        return Params.of("name", o.name(), "by", o.by(), "reason", o.reason());
    }
}
