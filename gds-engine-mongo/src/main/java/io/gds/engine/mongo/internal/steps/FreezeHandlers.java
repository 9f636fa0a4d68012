package io.gds.engine.mongo.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mongo.internal.MongoCluster;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bson.Document;

/**
 * Members that must not stand for election while another one is to win it. A server tells nobody whether it is frozen, so the
 * time of the freeze is kept; it ends by itself, also when nobody lifts it.
 */
final class FreezeHandlers {
    static final String FREEZE = "mongo.freeze@1";
    static final String UNFREEZE = "mongo.unfreeze@1";

    private static final Duration FROZEN = Duration.ofMinutes(1);
    /** A freeze that is about to end is as good as none. */
    private static final Duration RELIABLE = Duration.ofSeconds(40);

    private static final String AT = "at";
    private static final String MEMBERS = "members";

    private FreezeHandlers() {}

    static List<MongoHandler> all() {
        return List.of(new Freeze(), new Unfreeze());
    }

    private static void freeze(MongoEngine engine, String member, Duration time) {
        engine.clients().ask(member, new Document("replSetFreeze", time.toSeconds()));
    }

    /** Who could be elected instead of the candidate. */
    private static List<String> others(SetViews views, String from, String to) {
        return views.all().stream()
                .filter(v -> v.state() == MemberState.SECONDARY)
                .map(v -> v.member().name())
                .filter(m -> !m.equals(to) && !m.equals(from))
                .filter(m ->
                        views.configured(m).filter(ConfiguredMember::mayLead).isPresent())
                .toList();
    }

    /**
     * Keeps all but the candidate from standing, right before a step-down; the time of a freeze that they have begins anew. Whoever
     * does not take it keeps what it has.
     *
     * @return who was asked, and is to be let go again
     */
    static List<String> freezeOthers(MongoEngine engine, String from, String to, Consumer<String> progress) {
        List<String> others = others(engine.views(), from, to);
        for (String m : others) {
            try {
                freeze(engine, m, FROZEN);
            } catch (GdsDatabaseException e) {
                progress.accept(m + " does not take a longer freeze: " + e.getMessage());
            }
        }
        return others;
    }

    private static final class Freeze extends MongoHandler {
        Freeze() {
            super(FREEZE);
        }

        @Override
        public String describe(Params p) {
            return "keep all but " + p.optionalString("to").orElse("the candidate")
                    + " from standing for election, for " + FROZEN.toSeconds() + " s at most";
        }

        @Override
        public Prepared prepare(StepContext<MongoCluster> c) {
            Params sides = c.params();
            return Prepared.proceed(
                    Params.of(MEMBERS, others(set(c).views(), sides.string("from"), sides.string("to"))));
        }

        @Override
        public Params apply(StepContext<MongoCluster> c) {
            c.fence();
            for (String m : c.facts().strings(MEMBERS)) {
                freeze(set(c), m, FROZEN);
            }
            return Params.of(AT, c.clock().instant().toString());
        }

        @Override
        public Verdict verify(StepContext<MongoCluster> c) {
            return c.facts()
                            .optionalString(AT)
                            .map(Instant::parse)
                            .filter(at -> c.clock().instant().isBefore(at.plus(RELIABLE)))
                            .isPresent()
                    ? Verdict.holds()
                    : Verdict.again("the freeze is over, or about to be");
        }
    }

    private static final class Unfreeze extends MongoHandler {
        Unfreeze() {
            super(UNFREEZE);
        }

        @Override
        public String describe(Params p) {
            return "let everybody stand for election again";
        }

        @Override
        public Prepared prepare(StepContext<MongoCluster> c) {
            return Prepared.proceed(Params.of(MEMBERS, c.openingFacts().strings(MEMBERS)));
        }

        /**
         * Lets go those who were frozen at first, and those who could be by a step-down that began the time anew. A member that is
         * down forgets its freeze; one that leads meanwhile has none.
         */
        @Override
        public Params apply(StepContext<MongoCluster> c) {
            c.fence();
            SetViews views = set(c).views();
            Set<String> frozen = new TreeSet<>(c.facts().strings(MEMBERS));
            frozen.addAll(others(views, c.params().string("from"), c.params().string("to")));
            for (String m : frozen) {
                if (views.of(m).filter(v -> v.state() == MemberState.SECONDARY).isPresent()) {
                    try {
                        freeze(set(c), m, Duration.ZERO);
                    } catch (GdsDatabaseException e) {
                        c.progress(m + " keeps its freeze until that ends by itself: " + e.getMessage());
                    }
                }
            }
            return Params.of(AT, c.clock().instant().toString());
        }

        @Override
        public Verdict verify(StepContext<MongoCluster> c) {
            return c.facts().has(AT) ? Verdict.holds() : Verdict.again("not lifted yet");
        }
    }
}
