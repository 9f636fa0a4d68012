package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.run.Blocked;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.hotfix.SetupWork;
import io.gds.engine.mssql.internal.kernel.DistributedLinks;
import io.gds.engine.mssql.internal.kernel.Leaders;
import io.gds.engine.mssql.internal.kernel.Standing;
import io.gds.engine.mssql.internal.member.MemberHosts;
import java.time.Duration;
import java.util.Optional;

/** Brings back a group whose primary's service has ended, services that were ended, and links that the system itself has stopped. */
final class Revival {
    private static final Duration SOON = Duration.ofMillis(500);

    private final MssqlEngine engine;
    private final MemberHosts hosts;
    private final LinkMovement links;

    Revival(MssqlEngine engine, MemberHosts hosts) {
        this.engine = engine;
        this.hosts = hosts;
        this.links = new LinkMovement(engine);
    }

    /** While nobody leads, services that have stopped are started: one of them is the primary's, and starting it loses nothing. */
    void revive(StepContext<?> c) {
        GroupViews views = GroupViews.of(engine);
        if (Leaders.doubt(views).isEmpty()) {
            links.resume(views, c::fence);
            return;
        }
        for (TargetSpec t : views.targets()) {
            if (views.silent().containsKey(t.name())) {
                startIfStopped(t.name(), c);
            }
        }
    }

    /** A host that does not answer is left alone, and so is one whose setup has stopped the service by itself. */
    private void startIfStopped(String member, StepContext<?> c) {
        stopped(member, c).ifPresent(service -> {
            c.fence();
            c.progress("starts " + service + " on "
                    + engine.access(member).target().server());
            hosts.start(member, service);
        });
    }

    private Optional<String> stopped(String member, StepContext<?> c) {
        return hosts.stopped(member).filter(s -> isAtRest(member, c));
    }

    private boolean isAtRest(String member, StepContext<?> c) {
        try {
            return hosts.underWay(member, SetupWork.of(c)).isEmpty();
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return false;
        }
    }

    /** Whether every group has one primary whose databases take writes. */
    Verdict alive(StepContext<?> c) {
        GroupViews views = GroupViews.of(engine);
        for (GroupView g : views.groups()) {
            if (g.claims().size() > 1) {
                return Verdict.broken(Finding.block(
                        "MSSQL-TWO-PRIMARIES",
                        g.name(),
                        Leaders.doubt(g).orElse(""),
                        "one",
                        "find out which of them clients write to, before anything else."));
            }
            if (g.claims().isEmpty()) {
                return views.silent().keySet().stream()
                                .anyMatch(m -> stopped(m, c).isPresent())
                        ? Verdict.again("nobody leads " + g.name() + ", and a service has stopped")
                        : notYet(
                                "nobody leads " + g.name() + silent(views), "a failover, or the return of whoever led");
            }
            Optional<String> stopped =
                    Leaders.doubt(views).isEmpty() ? DistributedLinks.stopped(views) : Optional.empty();
            if (stopped.isPresent()) {
                return Verdict.again(stopped.get());
            }
            Optional<String> sick = new Standing(g).primary();
            if (sick.isPresent()) {
                return notYet(sick.get(), "its recovery");
            }
        }
        return Verdict.holds();
    }

    private static String silent(GroupViews views) {
        return views.silent().isEmpty() ? "" : "; silent are " + views.silent().keySet();
    }

    private static Verdict notYet(String observed, String clears) {
        return Verdict.notYet(new Blocked(observed, "one primary that takes writes", clears, SOON));
    }
}
