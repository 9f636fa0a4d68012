package io.gds.engine.mongo.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Permit;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.topology.Disagreements;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The safety kernel of a change of roles: who may take over, and when, computed from live facts each time it is asked. */
public final class Handover {
    private final MongoEngine engine;

    /** Changes of roles in a set. */
    public Handover(MongoEngine engine) {
        this.engine = engine;
    }

    /** The best member to take over; empty when none is fit now. */
    public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
        return new Target(engine.views()).among(allowed::contains, version);
    }

    /** May the step-down happen now? */
    public Permit maySwitchOver(String from, String to) {
        SetViews views = engine.views();
        Optional<String> primary = views.primary().map(p -> p.member().name());
        Optional<Finding> doubt = Disagreements.aboutPrimaries(views);
        if (doubt.isPresent() || primary.isEmpty()) {
            return Kernel.nobodyLeads(doubt);
        }
        if (primary.get().equals(to)) {
            return Permit.granted();
        }
        if (!primary.get().equals(from)) {
            return Permit.refused(Finding.block(
                    "MONGO-PRIMARY-MOVED", engine.name(), "primary " + primary.get(), from, "plan again."));
        }
        Target target = new Target(views);
        String lag = target.lag(to).map(Duration::toString).orElse("unknown");
        return target.isFit(to)
                ? Permit.granted(Params.of("lag", lag))
                : Kernel.wait(
                        to + " is "
                                + views.of(to).map(v -> v.state().toString()).orElse("silent") + ", lag " + lag,
                        "a healthy secondary at most " + Target.MOST_LAG.toSeconds() + " s behind",
                        "replication catching up");
    }

    /** May the step-down happen now, as a part of a change that can wait? */
    public Permit mayHandOver(String from, String to) {
        Permit permit = maySwitchOver(from, to);
        boolean leads = permit instanceof Permit.Granted g && g.facts().has("lag");
        List<String> busy = leads ? Busy.with(engine.clients(), from) : List.of();
        return busy.isEmpty()
                ? permit
                : Kernel.wait(from + " is busy with " + busy, "nothing that the step-down would disturb", "its end");
    }
}
