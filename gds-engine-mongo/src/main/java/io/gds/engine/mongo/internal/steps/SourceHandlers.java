package io.gds.engine.mongo.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mongo.internal.MongoCluster;
import io.gds.engine.mongo.internal.kernel.SyncSources;
import io.gds.engine.mongo.internal.kernel.SyncSources.Move;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/**
 * Who follows whom, arranged before somebody goes down or steps down, so that majority writes do not wait for a member that
 * looks for a new source. A wish, not a condition: what cannot be had in time is told with the gap that it will cost, and the
 * patch goes on. One member moves at a time, and only while the others keep majority writes going.
 */
final class SourceHandlers {
    static final String CLEAR = "mongo.followers-clear@1";
    static final String FOLLOW = "mongo.follow-target@1";
    static final String ARRANGE = "mongo.followers-arrange@1";
    static final String LEAVE = "mongo.followers-leave@1";

    /** For so long a source must stay the same; one that was just asked for is often dropped within a second. */
    private static final Duration STABLE = Duration.ofMillis(1500);
    /** How long a request may take to show. */
    private static final Duration SETTLES = Duration.ofMillis(2500);
    /** For so long the primary is kept ahead of the member that was asked. */
    private static final Duration LEAD = Duration.ofMillis(300);

    private static final int REQUESTS = 3;
    private static final String ASKED = "asked";
    private static final String SINCE = "since";
    private static final String ARRANGED = "arranged";

    private SourceHandlers() {}

    static List<MongoHandler> all() {
        return List.of(
                new Arranging(CLEAR, "have those that follow {member} follow the primary") {
                    @Override
                    List<Move> wanted(SyncSources sources, Params p) {
                        return sources.beforeStop(p.string("member"));
                    }
                },
                new Arranging(FOLLOW, "have {member} follow {target}, who takes over later") {
                    @Override
                    List<Move> wanted(SyncSources sources, Params p) {
                        return sources.afterReturn(p.string("member"), p.string("target"));
                    }
                },
                new Arranging(ARRANGE, "have enough members for majority writes follow {to} before {from} steps down") {
                    @Override
                    List<Move> wanted(SyncSources sources, Params p) {
                        return sources.areArrangedFor(p.string("to"))
                                ? List.of()
                                : sources.beforeStepDown(p.string("to"));
                    }

                    @Override
                    boolean isAsWished(SyncSources sources, Params p) {
                        return sources.areArrangedFor(p.string("to"));
                    }
                },
                new Arranging(LEAVE, "have nobody that counts follow {from} any more") {
                    @Override
                    List<Move> wanted(SyncSources sources, Params p) {
                        return sources.beforeStop(p.string("from"));
                    }
                });
    }

    private abstract static class Arranging extends MongoHandler {
        private final String words;

        Arranging(String action, String words) {
            super(action);
            this.words = words;
        }

        /** Who should move now, by what was just seen; nobody when all is as wished. */
        abstract List<Move> wanted(SyncSources sources, Params params);

        /** Whether nobody needs to move, and not just nobody can. */
        boolean isAsWished(SyncSources sources, Params params) {
            return wanted(sources, params).isEmpty();
        }

        @Override
        public String describe(Params p) {
            String out = words;
            for (String key : List.of("member", "target", "from", "to")) {
                out = out.replace("{" + key + "}", p.optionalString(key).orElse(key));
            }
            return out;
        }

        @Override
        public Prepared prepare(StepContext<MongoCluster> c) {
            return Prepared.proceed(Params.empty());
        }

        /** Asks the first who can be asked without harm; a request that comes at the wrong moment is refused, and may come again. */
        @Override
        public Params apply(StepContext<MongoCluster> c) {
            SetViews views = set(c).views();
            SyncSources sources = new SyncSources(views);
            Optional<Move> move = wanted(sources, c.params()).stream()
                    .filter(sources::isHarmless)
                    .findFirst();
            if (move.isEmpty()) {
                return Params.empty();
            }
            c.fence();
            String upstream = set(c).spec().member(move.get().upstream()).address();
            boolean toPrimary = views.of(move.get().upstream())
                    .filter(MemberView::writablePrimary)
                    .isPresent();
            try (Notes notes = toPrimary ? Notes.begin(set(c).clients()) : Notes.none()) {
                set(c).clients().ask(move.get().member(), new Document("replSetSyncFrom", upstream));
                notes.last(LEAD);
            } catch (GdsDatabaseException e) {
                c.progress(
                        move.get().member() + " does not follow " + move.get().upstream() + " yet: " + e.getMessage());
            }
            return Params.of(ASKED, c.clock().instant().toString());
        }

        @Override
        public Verdict verify(StepContext<MongoCluster> c) {
            Instant now = c.clock().instant();
            SyncSources sources = new SyncSources(set(c).views());
            List<Move> missing = wanted(sources, c.params());
            if (missing.isEmpty() && !isAsWished(sources, c.params())) {
                return givenUp(c, "nobody is there to follow " + c.params().string("to"));
            }
            if (missing.isEmpty()) {
                return c.facts().has(ASKED) ? stable(c, now) : Verdict.holds(Params.of(ARRANGED, true));
            }
            Instant asked = c.facts().optionalString(ASKED).map(Instant::parse).orElse(Instant.MIN);
            if (now.isBefore(asked.plus(SETTLES))) {
                c.checkpoint(Params.empty());
                return notYet("wished: " + missing, "it is so", "the members' next choice of whom to follow");
            }
            if (c.pass() < REQUESTS) {
                return Verdict.again("wished: " + missing);
            }
            return givenUp(c, missing.toString());
        }

        /** It is a wish only: told with what it will cost, and given up. */
        private static Verdict givenUp(StepContext<MongoCluster> c, String why) {
            c.progress("who follows whom is not as wished (" + why + "): majority writes may wait for about a second");
            return Verdict.holds(Params.of(ARRANGED, false, "expectedGap", Duration.ofSeconds(1)));
        }

        private static Verdict stable(StepContext<MongoCluster> c, Instant now) {
            Optional<Instant> since = c.checkpointed().optionalString(SINCE).map(Instant::parse);
            if (since.filter(s -> !now.isBefore(s.plus(STABLE))).isPresent()) {
                return Verdict.holds(Params.of(ARRANGED, true));
            }
            if (since.isEmpty()) {
                c.checkpoint(Params.of(SINCE, now.toString()));
            }
            return notYet("as wished since " + since.orElse(now), "for " + STABLE, "time");
        }
    }
}
