package io.gds.engine.mongo.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.client.OpTime;
import io.gds.engine.mongo.internal.control.Mongod;
import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.Disagreements;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SeenMember;
import io.gds.engine.mongo.internal.topology.SetConfig;
import io.gds.engine.mongo.internal.topology.SetStatus;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a started member counts as back. It says that it is a secondary 0.6 to 1 s before it replicates, and who stops the next
 * one then stalls majority writes; so it must follow somebody, have on disk what the primary had after its return, be seen in
 * order by all others, and have been heard by them several times.
 */
public final class Back {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final int HEARTBEATS = 3;
    private static final String MARK = "mark";
    private static final String SINCE = "since";

    private final MongoEngine engine;

    /** The rule for a set. */
    public Back(MongoEngine engine) {
        this.engine = engine;
    }

    /** Whether the member counts as back. */
    public Verdict verify(String member, EngineVersion version, StepContext<?> c) {
        SetViews views = engine.views();
        Optional<MemberView> itself = views.of(member);
        if (itself.isEmpty()) {
            Mongod mongod = new Mongod(engine, member);
            return mongod.process().isEmpty()
                    ? Verdict.again(member + " has no process" + after(mongod.ending()))
                    : notYet(c, member + " does not answer yet", "an answer");
        }
        MemberView v = itself.get();
        if (!v.version().sameRelease(version)) {
            return Verdict.broken(Finding.block(
                    "MONGO-WRONG-VERSION",
                    member,
                    "runs " + v.version(),
                    version.toString(),
                    "look at what its unit or its configuration file is started with."));
        }
        Optional<String> missing = missing(views, v, c);
        if (missing.isPresent()) {
            return notYet(c, missing.get(), "in order by every member's view, and caught up");
        }
        return held(young(views, v), c);
    }

    private static String after(String ending) {
        return ending.isEmpty() ? "" : ": " + ending;
    }

    /** What it lacks yet, in words; empty when nothing. */
    private Optional<String> missing(SetViews views, MemberView v, StepContext<?> c) {
        String member = v.member().name();
        Optional<MemberView> primary = views.primary();
        if (primary.isEmpty()) {
            return Optional.of("nobody says that it accepts writes");
        }
        Optional<ConfiguredMember> configured = views.configured(member);
        boolean arbiter = configured.filter(ConfiguredMember::arbiter).isPresent();
        boolean leads = primary.get().equals(v);
        MemberState wanted = leads ? MemberState.PRIMARY : arbiter ? MemberState.ARBITER : MemberState.SECONDARY;
        if (v.state() != wanted) {
            return Optional.of(member + " is " + v.state() + note(v));
        }
        if (v.status().filter(SetStatus::initialSync).isPresent()) {
            return Optional.of(member + " copies all data");
        }
        List<Finding> differ = Disagreements.in(views);
        if (!differ.isEmpty()) {
            return Optional.of(differ.get(0).subject() + ": " + differ.get(0).observed());
        }
        return leads || arbiter ? Optional.empty() : replication(views, v, configured, c);
    }

    /** That it is up for less than some heartbeats, in words; empty when it is not. */
    private static Optional<String> young(SetViews views, MemberView v) {
        Duration heard = heartbeat(views).multipliedBy(HEARTBEATS);
        Duration up = self(v).map(SeenMember::uptime).orElse(Duration.ZERO);
        return up.compareTo(heard) < 0
                ? Optional.of(v.member().name() + " is up for " + up.toSeconds() + " s of " + heard.toSeconds())
                : Optional.empty();
    }

    private Optional<String> replication(
            SetViews views, MemberView v, Optional<ConfiguredMember> configured, StepContext<?> c) {
        String member = v.member().name();
        if (v.status().flatMap(SetStatus::syncSource).isEmpty()) {
            return Optional.of(member + " follows nobody yet");
        }
        Duration delay = configured.map(ConfiguredMember::delay).orElse(Duration.ZERO);
        if (!delay.isZero()) {
            return new Target(views)
                    .lag(member)
                    .filter(l -> l.compareTo(delay.plus(Target.MOST_LAG)) > 0)
                    .map(l -> member + " is " + l + " behind, " + delay + " of it on purpose");
        }
        Optional<OpTime> durable = v.status().flatMap(SetStatus::durable);
        OpTime mark = mark(views, c);
        return durable.filter(d -> d.hasReached(mark)).isPresent()
                ? Optional.empty()
                : Optional.of(
                        member + " has " + durable.map(OpTime::toString).orElse("nothing") + " on disk, of " + mark);
    }

    /** What the primary had when the member was first seen following. */
    private static OpTime mark(SetViews views, StepContext<?> c) {
        Optional<OpTime> kept = c.checkpointed().optionalString(MARK).map(OpTime::parse);
        if (kept.isPresent()) {
            return kept.get();
        }
        OpTime now = views.primary()
                .flatMap(MemberView::status)
                .flatMap(SetStatus::applied)
                .orElseThrow(() -> Kernel.noPrimary(views.spec().name()));
        c.checkpoint(Params.of(MARK, now.toString()));
        return now;
    }

    private static Optional<SeenMember> self(MemberView v) {
        return v.status().flatMap(s -> s.at(v.member().address()));
    }

    private static String note(MemberView v) {
        return self(v).map(SeenMember::note)
                .filter(n -> !n.isEmpty())
                .map(n -> " (" + n + ")")
                .orElse("");
    }

    private static Duration heartbeat(SetViews views) {
        return Duration.ofMillis(views.config()
                .map(SetConfig::document)
                .map(d -> d.object("settings").number("heartbeatIntervalMillis").orElse(2000))
                .orElse(2000L));
    }

    /** In order now; for as long as the plan wants, and up for long enough? Both times run side by side. */
    private static Verdict held(Optional<String> young, StepContext<?> c) {
        Duration wanted = c.params().has("stableFor") ? c.params().duration("stableFor") : Duration.ZERO;
        Instant now = c.clock().instant();
        Params kept = c.checkpointed();
        Instant since = kept.optionalString(SINCE).map(Instant::parse).orElse(now);
        if (young.isEmpty() && !Duration.between(since, now).minus(wanted).isNegative()) {
            return Verdict.holds();
        }
        if (!kept.has(SINCE)) {
            c.checkpoint(kept.with(SINCE, since.toString()));
        }
        if (young.isPresent()) {
            return Verdict.notYet(new Blocked(young.get(), "heard for three heartbeats", "time", SOON));
        }
        return Verdict.notYet(new Blocked("in order since " + since, "in order for " + wanted, "time", SOON));
    }

    private static Verdict notYet(StepContext<?> c, String observed, String needed) {
        Params kept = c.checkpointed();
        if (kept.has(SINCE)) {
            c.checkpoint(kept.has(MARK) ? Params.of(MARK, kept.string(MARK)) : Params.empty());
        }
        return Verdict.notYet(new Blocked(observed, needed, "replication", SOON));
    }
}
