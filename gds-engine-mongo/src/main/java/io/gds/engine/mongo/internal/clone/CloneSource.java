package io.gds.engine.mongo.internal.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.kernel.Health;
import io.gds.engine.mongo.internal.kernel.Kernel;
import io.gds.engine.mongo.internal.kernel.Oplog;
import io.gds.engine.mongo.internal.kernel.Outage;
import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;

/**
 * The member that a clone is copied from: one without which majority writes go on, and hidden ones first.
 *
 * @param engine the set
 * @param member the member
 * @param version what it runs
 * @param started what it was started with
 */
record CloneSource(MongoEngine engine, String member, EngineVersion version, Answer started) {
    private static final Duration LOCKING = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String LOCAL = "local";
    private static final String DIRECTORIES = "directories";
    private static final String USUAL_PATH = "/data/db";

    /**
     * Chooses it.
     *
     * @throws GdsDatabaseException with code {@code GDS-CLONE-REFUSED} when there is none, or none can be copied
     *     faithfully
     */
    static CloneSource of(MongoEngine engine) {
        String shell = type(engine.spec().shell().flatMap(s -> s.optionalString("type")));
        String packages = type(engine.spec().packages().flatMap(s -> s.optionalString("type")));
        if (!shell.equals(LOCAL) || !packages.equals(DIRECTORIES)) {
            throw MongoCloning.refused(
                    engine,
                    "clones need shell type local and packages type directories, found " + shell + " and " + packages);
        }
        SetViews views = engine.views();
        Health.of(views).stream().findFirst().ifPresent(f -> {
            throw MongoCloning.refused(engine, f.subject() + ": " + f.observed());
        });
        MemberView chosen = views.all().stream()
                .filter(v -> v.state() == MemberState.SECONDARY)
                .filter(v -> Outage.of(views, Set.of(v.member().name())).keepsMajorityWrites())
                .min(Comparator.comparing((MemberView v) -> !isHidden(views, v))
                        .thenComparingInt(
                                v -> views.followersOf(v.member().name()).size())
                        .thenComparingDouble(v -> priority(views, v))
                        .thenComparing(v -> v.member().name()))
                .orElseThrow(() -> MongoCloning.refused(
                        engine, "majority writes would wait while any of its secondaries is locked for the copy"));
        String name = chosen.member().name();
        Answer started =
                engine.clients().ask(name, new Document("getCmdLineOpts", 1)).object("parsed");
        CloneSource source = new CloneSource(engine, name, chosen.version(), started);
        source.checkFaithful();
        return source;
    }

    private static String type(Optional<String> type) {
        return type.orElse("none");
    }

    private static boolean isHidden(SetViews views, MemberView v) {
        return views.configured(v.member().name())
                .filter(ConfiguredMember::hidden)
                .isPresent();
    }

    private static double priority(SetViews views, MemberView v) {
        return views.configured(v.member().name())
                .map(ConfiguredMember::priority)
                .orElse(0.0);
    }

    /** What cannot be copied as it is must not look as if it had been. */
    private void checkFaithful() {
        String storage = started.object("storage").text("engine").orElse("wiredTiger");
        if (!storage.equals("wiredTiger")) {
            throw MongoCloning.refused(engine, member + " has the storage engine " + storage);
        }
        if (started.object("security").flag("enableEncryption")) {
            throw MongoCloning.refused(engine, "the files of " + member + " are encrypted with a key of its own");
        }
        if (started.object("sharding").has("clusterRole")) {
            throw MongoCloning.refused(engine, "it is a part of a sharded cluster");
        }
        if (isLocked()) {
            throw MongoCloning.refused(engine, "somebody has locked the files of " + member + " already");
        }
    }

    boolean isLocked() {
        return isLocked(engine, member);
    }

    /** Whether writes of a member to its files wait. */
    static boolean isLocked(MongoEngine engine, String member) {
        return locks(engine, member).flag("fsyncLock");
    }

    /** Whether it is locked, and who is about to lock it. */
    private static Answer locks(MongoEngine engine, String member) {
        return engine.clients()
                .ask(member, new Document("currentOp", 1).append("command.fsync", new Document("$exists", true)));
    }

    /**
     * How long the copy may take: a member that is locked falls behind, and must find its place in the log of writes afterwards.
     *
     * @param wish how long it may take otherwise
     */
    Duration atMost(Duration wish) {
        String primary =
                engine.views().primary().map(p -> p.member().name()).orElseThrow(() -> Kernel.noPrimary(engine.name()));
        Duration safe = Oplog.of(engine.clients(), primary).window().dividedBy(Kernel.SAFETY);
        return safe.compareTo(wish) < 0 ? safe : wish;
    }

    String dataDir() {
        return started.object("storage").text("dbPath").orElse(USUAL_PATH);
    }

    void lock() {
        engine.clients().ask(member, new Document("fsync", 1).append("lock", true));
    }

    /**
     * A lock whose answer was lost may be under way still, and is waited for: nobody would open it afterwards.
     *
     * @throws GdsDatabaseException with code {@code MONGO-CLONE-LOCK}, retryable, when it is under way after a minute still
     */
    static void unlock(MongoEngine engine, String member) {
        Answer locks = locks(engine, member);
        long end = System.nanoTime() + LOCKING.toNanos();
        while (!locks.flag("fsyncLock")
                && !locks.objects("inprog").isEmpty()
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK.toNanos());
            locks = locks(engine, member);
        }
        if (locks.flag("fsyncLock")) {
            engine.clients().ask(member, new Document("fsyncUnlock", 1));
        } else if (!locks.objects("inprog").isEmpty()) {
            throw GdsDatabaseException.environment("MONGO-CLONE-LOCK")
                    .message("member " + member + " is about to lock its files for a clone, and has not done so after "
                            + LOCKING.toSeconds() + " s.")
                    .remedy("sweep clones again in a while; it opens the lock.")
                    .retryable()
                    .build();
        }
    }
}
