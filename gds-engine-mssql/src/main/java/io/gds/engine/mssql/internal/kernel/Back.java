package io.gds.engine.mssql.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.DatabaseRow;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When an instance counts as back: it answers with the right build, its own databases are online, and in every group that it is in the
 * primary reaches it, all data move, and what commits wait for is synchronized; all that for as long as the plan wants.
 */
public final class Back {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final String SINCE = "since";

    private final MssqlEngine engine;

    /** The rule for a cluster. */
    public Back(MssqlEngine engine) {
        this.engine = engine;
    }

    /** Whether the member counts as back. */
    public Verdict verify(String member, EngineVersion version, StepContext<?> c) {
        GroupViews views = GroupViews.of(engine);
        Optional<InstanceView> itself = views.of(member);
        if (itself.isEmpty()) {
            return notYet(c, String.valueOf(views.silent().get(member)), "an answer");
        }
        String runs = itself.get().facts().version();
        if (!EngineVersion.parse(runs).sameRelease(version)) {
            return Verdict.broken(Finding.block(
                    "MSSQL-WRONG-VERSION",
                    member,
                    "runs " + runs,
                    version.toString(),
                    "look at what setup left, in Summary.txt; a host that waits for a restart needs that first."));
        }
        Optional<String> stopped = DistributedLinks.stopped(views, member);
        if (stopped.isPresent() && Leaders.doubt(views).isEmpty()) {
            return Verdict.again(stopped.get());
        }
        Optional<String> missing = missing(views, member);
        if (missing.isPresent()) {
            return isSuspended(views, member) ? Verdict.again(missing.get()) : notYet(c, missing.get(), "in order");
        }
        return held(c);
    }

    private Optional<String> missing(GroupViews views, String member) {
        Optional<String> doubt = Leaders.doubt(views);
        if (doubt.isPresent()) {
            return doubt;
        }
        for (GroupView g : views.around(member)) {
            Standing standing = new Standing(g);
            Optional<String> lacks = g.primaryName().equals(member) ? standing.primary() : standing.missing(member);
            if (lacks.isPresent()) {
                return lacks;
            }
        }
        Map<String, String> down = InstanceReader.notOnline(engine.access(member));
        views.around(member).forEach(g -> g.ownWord(member).forEach(d -> down.remove(d.name())));
        return down.isEmpty() ? Optional.empty() : Optional.of("databases of " + member + " are not online: " + down);
    }

    /** Nothing but RESUME helps there, and that is what the step does. */
    private static boolean isSuspended(GroupViews views, String member) {
        List<GroupView> groups = views.around(member);
        return Leaders.doubt(views).isEmpty()
                && groups.stream()
                        .flatMap(g -> g.ownWord(member).stream())
                        .map(DatabaseRow::suspended)
                        .anyMatch(Optional::isPresent);
    }

    private static Verdict held(StepContext<?> c) {
        Duration wanted = c.params().has("stableFor") ? c.params().duration("stableFor") : Duration.ZERO;
        Instant now = c.clock().instant();
        Instant since =
                c.checkpointed().optionalString(SINCE).map(Instant::parse).orElse(now);
        if (!Duration.between(since, now).minus(wanted).isNegative()) {
            return Verdict.holds();
        }
        if (!c.checkpointed().has(SINCE)) {
            c.checkpoint(c.checkpointed().with(SINCE, since.toString()));
        }
        return Verdict.notYet(new Blocked("in order since " + since, "in order for " + wanted, "time", SOON));
    }

    private static Verdict notYet(StepContext<?> c, String observed, String needed) {
        Params kept = c.checkpointed();
        if (kept.has(SINCE)) {
            Map<String, Object> rest = new TreeMap<>(kept.asMap());
            rest.remove(SINCE);
            c.checkpoint(Params.of(rest));
        }
        return Verdict.notYet(new Blocked(observed, needed, "replication, or the upgrade of its databases", SOON));
    }
}
