package io.gds.engine.postgres.internal.hold;

import io.gds.database.plan.Finding;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HoldSpec;
import io.gds.engine.postgres.internal.hold.HoldAnnouncer.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What speaks against letting applications hold. */
public final class HoldChecks {
    private static final Duration LONG_USE = Duration.ofSeconds(15);

    private HoldChecks() {}

    /** Asks all applications; for the pre-flight. */
    public static List<Finding> findings(PostgresEngine engine, List<HoldSpec> specs) {
        List<Finding> out = new ArrayList<>();
        for (Outcome o : HoldAnnouncer.of(engine, specs).look()) {
            out.addAll(of(o));
            o.seen()
                    .filter(Seen::isHeld)
                    .ifPresent(s -> out.add(Finding.ack(
                            "PG-HOLD-FOREIGN",
                            o.spec().name(),
                            s.toString(),
                            "nobody's hold",
                            "find out who holds; a hold ends by itself, after " + s.longest() + " at most.")));
            o.seen()
                    .filter(s -> s.oldest().compareTo(LONG_USE) > 0)
                    .ifPresent(s -> out.add(Finding.warn(
                            "PG-HOLD-LONG-USE",
                            o.spec().name(),
                            s.toString(),
                            "connections that come back within quiesce, "
                                    + o.spec().quiesce(),
                            "find who keeps a connection; the hold is given up while it is out.")));
        }
        return out;
    }

    static List<Finding> of(Outcome o) {
        List<Finding> out = new ArrayList<>();
        String name = o.spec().name();
        o.failure()
                .ifPresent(e -> out.add(Finding.block(
                        HttpTarget.UNREACHABLE,
                        name,
                        String.valueOf(e.getMessage()),
                        "an application that answers",
                        "start the application with its end of the hold, or take the hold out of the spec.")));
        o.seen()
                .filter(s -> s.phase() == Seen.Phase.ABSENT)
                .ifPresent(s -> out.add(Finding.block(
                        "PG-HOLD-ABSENT",
                        name,
                        "too few instances that watch the file and have written beside it lately",
                        "at least as many as instances says",
                        "start the application with a data source that watches this file, or correct path and host.")));
        o.seen()
                .filter(s -> s.phase() != Seen.Phase.ABSENT
                        && s.longest().compareTo(o.spec().limit()) < 0)
                .ifPresent(s -> out.add(Finding.block(
                        "PG-HOLD-SHORT",
                        name,
                        "the application grants holds of " + s.longest() + " at most",
                        "the hold's limit, " + o.spec().limit(),
                        "lower limit in the spec, or let the application grant more.")));
        return out;
    }
}
