package io.gds.engine.mongo.internal.kernel;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.Permit;
import io.gds.database.spi.StepContext;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.control.Mongod;
import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.Disagreements;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The safety kernel: what may go down, computed from live facts each time it is asked. */
public final class Kernel {
    private static final String NOT_NOW = "MONGO-NOT-NOW";
    /** The override that accepts that nobody is primary while a member is down. */
    public static final String LOSE_MAJORITY = "lose-majority";
    /** The override that accepts that majority writes wait while a member is down. */
    public static final String STALL_WRITES = "stall-majority-writes";
    /** The override that has a primary step down although nobody has caught up: what only it has may be lost. */
    public static final String FORCE_STEP_DOWN = "force-step-down";
    /** How many times the expected absence of a member the log of writes must reach back. */
    public static final int SAFETY = 3;

    private static final Duration SOON = Duration.ofMillis(100);

    private final MongoEngine engine;

    /** The kernel of a set. */
    public Kernel(MongoEngine engine) {
        this.engine = engine;
    }

    /** May this member go down now? */
    public Permit mayGoDown(String member, StepContext<?> c) {
        if (new Mongod(engine, member).process().isEmpty()) {
            return Permit.granted();
        }
        SetViews views = engine.views();
        Optional<MemberView> primary = views.primary();
        boolean inPlace = c.params().flag("inPlace");
        Optional<Finding> doubt = Disagreements.aboutPrimaries(views);
        if (doubt.isPresent() || primary.isEmpty()) {
            return nobodyLeads(doubt);
        }
        if (primary.get().member().name().equals(member)) {
            return inPlace ? ready(views, member) : Permit.refused(leads(member));
        }
        Set<String> silent = views.silent().keySet();
        long allowed = c.params().integer("mayBeDown", 1);
        long down = silent.stream().filter(s -> !s.equals(member)).count();
        if (down + 1 > allowed) {
            return wait(silent + " are down", "at most " + allowed + " members down at a time", "their return");
        }
        Outage left = Outage.worst(views, member, (int) (allowed - 1 - down));
        List<String> behind = new Target(views).behind();
        if (!left.keepsMajorityWrites() && left.bearers().size() + behind.size() >= left.writeMajority()) {
            return wait(left.describe() + "; behind are " + behind, "members that acknowledge at once", "replication");
        }
        for (Finding f : against(left, member)) {
            if (c.override(overrideOf(f)).isEmpty()) {
                return Permit.refused(f);
            }
            c.progress("allowed by name: " + f.observed());
        }
        return isArbiter(views, member) && !allDataMembersServe(views)
                ? wait(left.describe(), "all data-bearing members in service", "their return")
                : ready(views, member);
    }

    private Permit ready(SetViews views, String member) {
        List<Finding> differ = Disagreements.in(views);
        if (!differ.isEmpty()) {
            Finding f = differ.get(0);
            return wait(f.subject() + ": " + f.observed(), f.expected(), f.remedy());
        }
        List<String> idle = new SyncSources(views).idle(member);
        if (!idle.isEmpty()) {
            return wait(
                    idle + " follow nobody yet", "everybody who acknowledges majority writes following", "replication");
        }
        if (!isArbiter(views, member)) {
            List<String> busy = Busy.with(engine.clients(), member);
            if (!busy.isEmpty()) {
                return wait(member + " is busy with " + busy, "nothing that its end would break off", "its end");
            }
            Optional<Finding> tooShort = oplog(views, member);
            if (tooShort.isPresent()) {
                return Permit.refused(tooShort.get());
            }
        }
        return Permit.granted(
                Params.of("primary", views.primary().map(p -> p.member().name()).orElse("")));
    }

    /** What speaks against these members being down: no majority to elect a primary, or none to acknowledge writes. */
    public List<Finding> against(Outage left, String member) {
        if (!left.keepsPrimary()) {
            return List.of(Finding.block(
                    "MONGO-MAJORITY",
                    member,
                    left.describe(),
                    left.majority() + " healthy voters, one of them electable",
                    "add a member, or accept by name that nobody is primary while it is down: override(\""
                            + LOSE_MAJORITY + "\", who, why)."));
        }
        if (!left.keepsMajorityWrites()) {
            return List.of(Finding.block(
                    "MONGO-MAJORITY-WRITES",
                    member,
                    left.describe(),
                    left.writeMajority() + " healthy voters with data",
                    "add a member with data, or accept by name that majority writes wait while it is down: override(\""
                            + STALL_WRITES + "\", who, why)."));
        }
        return List.of();
    }

    /** The override that accepts a finding of {@link #against}. */
    public static String overrideOf(Finding f) {
        return f.id().equals("MONGO-MAJORITY") ? LOSE_MAJORITY : STALL_WRITES;
    }

    /** The finding when a member that was away as long as expected might not find its place again; empty when it would. */
    public Optional<Finding> oplog(SetViews views, String member) {
        Duration away = engine.spec().memberOutage().multipliedBy(SAFETY);
        Duration needed = away.plus(views.configured().stream()
                .map(ConfiguredMember::delay)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO));
        return views.primary()
                .map(p -> p.member().name())
                .map(p -> Oplog.of(engine.clients(), p))
                .map(Oplog::window)
                .filter(window -> window.compareTo(needed) < 0)
                .map(window -> Finding.block(
                        "MONGO-OPLOG-SHORT",
                        member,
                        "the primary's log of writes will reach back " + window.toSeconds() + " s",
                        needed.toSeconds() + " s: " + SAFETY + " times the expected absence of "
                                + engine.spec().memberOutage().toSeconds() + " s, and the longest delay",
                        "make the log larger by replSetResizeOplog, or patch when there is less to write."));
    }

    private static boolean isArbiter(SetViews views, String member) {
        return views.configured(member).filter(ConfiguredMember::arbiter).isPresent();
    }

    /** Whatever they are behind, on purpose or not. */
    private static boolean allDataMembersServe(SetViews views) {
        return views.spec().members().stream()
                .map(MemberSpec::name)
                .filter(m ->
                        views.configured(m).filter(ConfiguredMember::bearsData).isPresent())
                .allMatch(m -> views.of(m)
                        .map(MemberView::state)
                        .filter(s -> s == MemberState.PRIMARY || s == MemberState.SECONDARY)
                        .isPresent());
    }

    /** That this member leads, which nobody takes down. */
    private static Finding leads(String member) {
        return Finding.block(
                "MONGO-KERNEL-PRIMARY", member, "it is the primary", "a follower", "step it down first; plan again.");
    }

    /** Nobody does, or it is in doubt who. */
    static Permit nobodyLeads(Optional<Finding> doubt) {
        return wait(doubt.map(Finding::observed).orElse("nobody leads"), "one primary", "an election");
    }

    static Permit wait(String observed, String needed, String clears) {
        return Permit.wait(new Blocked(observed, needed, clears, SOON));
    }

    /** What is thrown instead of an effect that was allowed once and is not allowed any more. */
    public static GdsDatabaseException notNow(String what, Permit permit) {
        if (permit instanceof Permit.Wait w) {
            return new NotNowException(NOT_NOW, what, w.blocked());
        }
        Finding why = ((Permit.Refused) permit).finding();
        return GdsDatabaseException.environment(NOT_NOW)
                .message(what + ": " + why.observed() + ".")
                .remedy(why.remedy())
                .retryable() // whoever leads, and who is well, changes
                .build();
    }

    /** A clear refusal where a set has no member to ask. */
    public static GdsDatabaseException noPrimary(String set) {
        return GdsDatabaseException.environment("MONGO-NO-PRIMARY")
                .message("nobody in " + set + " says that it accepts writes.")
                .remedy("look why no majority elects a primary.")
                .retryable()
                .build();
    }
}
