package io.gds.engine.mongo.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Permit;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.control.Mongod;
import io.gds.engine.mongo.internal.kernel.Handover;
import io.gds.engine.mongo.internal.kernel.SyncSources;
import io.gds.engine.mongo.internal.kernel.Target;
import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops and starts members, and starts again those that died without our doing. */
final class Members {
    private static final Logger LOG = LoggerFactory.getLogger(Members.class);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration ASKING = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMillis(20);
    /** After so long a member that serves has not heard that it is to end. */
    private static final Duration UNHEARD = Duration.ofSeconds(10);

    private static final String SINCE = "since";

    private final MongoEngine engine;

    Members(MongoEngine engine) {
        this.engine = engine;
    }

    private Mongod mongod(String member) {
        return new Mongod(engine, member);
    }

    /**
     * Stops one. An arbiter of a set with logins takes orders only from its own host.
     *
     * @param leading whether it may end while it leads
     */
    void stop(String member, boolean leading) {
        Mongod mongod = mongod(member);
        if (mongod.process().isEmpty()) {
            return;
        }
        try {
            mongod.tellToEnd(leading);
        } catch (GdsDatabaseException e) {
            boolean arbiter = engine.views()
                    .configured(member)
                    .filter(ConfiguredMember::arbiter)
                    .isPresent();
            if (!arbiter || !e.code().equals("MONGO-LOGIN")) {
                throw e;
            }
            mongod.signalToEnd();
        }
    }

    /** A member that ends answers no more; one that still does after a while was told in vain, and is told again. */
    Verdict stopped(String member, StepContext<?> c) {
        if (mongod(member).process().isEmpty()) {
            return Verdict.holds();
        }
        Instant now = c.clock().instant();
        Optional<Instant> since = c.checkpointed().optionalString(SINCE).map(Instant::parse);
        boolean due = since.filter(s -> !now.isBefore(s.plus(UNHEARD))).isPresent();
        if (due && answers(member)) {
            return Verdict.again(member + " was told to end and serves as before");
        }
        if (due || since.isEmpty()) {
            c.checkpoint(Params.of(SINCE, now.toString()));
        }
        return Verdict.notYet(
                new Blocked("the process of " + member + " is alive", "no process", "its shutdown", SOON));
    }

    private boolean answers(String member) {
        try {
            engine.clients().ask(member, new Document("hello", 1));
            return true;
        } catch (GdsDatabaseException e) {
            return false; // while it ends it says so, or nothing
        }
    }

    void start(String member) {
        mongod(member).start();
    }

    /**
     * Has a member that was just started follow whoever takes over later: a server obeys only while the other one is ahead of it,
     * and there is no better moment than now. What cannot be had is left to the step that comes for it.
     */
    void follow(String member, EngineVersion version) {
        if (!engine.spec().arrangeSyncSources()) {
            return;
        }
        try {
            ask(member, version);
        } catch (GdsDatabaseException e) {
            // one that has just started may refuse to tell anything yet
            LOG.debug("{} was not asked whom it follows", member, e);
        }
    }

    private void ask(String member, EngineVersion version) {
        SetViews views = engine.views();
        // whoever is the first to be back takes over later: it follows the primary, and nobody whose turn is still to
        // come
        Optional<String> target = new Target(views)
                .among(m -> !m.equals(member), version)
                .or(() -> views.primary().map(p -> p.member().name()).filter(p -> !p.equals(member)));
        if (target.isEmpty() || !new SyncSources(views).canBeArranged()) {
            return;
        }
        Document request = new Document(
                "replSetSyncFrom", engine.spec().member(target.get()).address());
        long end = System.nanoTime() + ASKING.toNanos();
        while (!isTaken(member, request) && System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private boolean isTaken(String member, Document request) {
        try {
            engine.clients().ask(member, request);
            return true;
        } catch (GdsDatabaseException e) {
            return false; // it has not read its configuration yet
        }
    }

    /**
     * Starts whoever died, and has a member hand over that leads since then although its turn to go down has come.
     *
     * @param next whose turn it is; a name that no member has for nobody's
     */
    void revive(String next, StepContext<?> c) {
        for (String m : crashed()) {
            start(m);
        }
        Optional<String> successor = successor(engine.views(), next);
        if (successor.isEmpty()) {
            return;
        }
        if (!(new Handover(engine).maySwitchOver(next, successor.get()) instanceof Permit.Granted)) {
            c.progress(next + " was elected meanwhile; " + successor.get() + " cannot take over yet");
            return; // it leads still, so it is asked for again
        }
        c.progress(next + " was elected meanwhile; it hands over to " + successor.get());
        c.fence();
        new StepDown(engine).change(next, successor.get(), c::progress);
    }

    private static Optional<String> successor(SetViews views, String leader) {
        return views.primary().filter(p -> p.member().name().equals(leader)).flatMap(p -> new Target(views).instead());
    }

    private List<String> crashed() {
        Set<String> silent = engine.views().silent().keySet();
        return silent.stream().filter(m -> mongod(m).hasCrashed()).sorted().toList();
    }

    /** Whether one primary accepts writes, not the one to go down next, and nobody lies crashed; an election may take its time. */
    Verdict alive(String next) {
        SetViews views = engine.views();
        List<String> crashed = crashed();
        if (!crashed.isEmpty()) {
            return Verdict.again(crashed + " died");
        }
        Optional<String> successor = successor(views, next);
        if (successor.isPresent()) {
            return new Handover(engine).maySwitchOver(next, successor.get()) instanceof Permit.Wait w
                    ? Verdict.notYet(w.blocked())
                    : Verdict.again(next + " leads");
        }
        return views.primary().isPresent()
                ? Verdict.holds()
                : Verdict.notYet(new Blocked("nobody accepts writes", "one primary", "an election", SOON));
    }
}
