package io.gds.engine.mongo.internal.steps;

import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mongo.internal.MongoCluster;
import io.gds.engine.mongo.internal.client.Answer;
import java.util.List;
import org.bson.Document;

/** The balancer of a sharded cluster, which must move nothing while parts of it run different versions. */
final class BalancerHandlers {
    static final String STOP = "mongo.balancer-stop@1";
    static final String RESTORE = "mongo.balancer-restore@1";

    private static final String MODE = "mode";
    /** It moves data; in every other mode it does not. */
    private static final String FULL = "full";

    private BalancerHandlers() {}

    static List<MongoHandler> all() {
        return List.of(new Stop(), new Restore());
    }

    private static Answer status(StepContext<MongoCluster> c) {
        return c.engine().tellWhole(new Document("balancerStatus", 1));
    }

    private static String mode(StepContext<MongoCluster> c) {
        return status(c).text(MODE).orElse("unknown");
    }

    private static final class Stop extends MongoHandler {
        Stop() {
            super(STOP);
        }

        @Override
        public String describe(Params p) {
            return "stop the balancer and wait until it moves nothing any more";
        }

        @Override
        public Prepared prepare(StepContext<MongoCluster> c) {
            return Prepared.proceed(Params.of(MODE, mode(c)));
        }

        @Override
        public Params apply(StepContext<MongoCluster> c) {
            if (mode(c).equals(FULL)) {
                c.fence();
                c.engine().tellWhole(new Document("balancerStop", 1));
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<MongoCluster> c) {
            Answer now = status(c);
            if (now.text(MODE).filter(FULL::equals).isPresent()) {
                return Verdict.again("the balancer's mode is " + now.text(MODE).orElse("unknown"));
            }
            return now.flag("inBalancerRound")
                    ? notYet("the balancer is in a round", "the end of that round", "the balancer itself")
                    : Verdict.holds();
        }
    }

    private static final class Restore extends MongoHandler {
        Restore() {
            super(RESTORE);
        }

        @Override
        public String describe(Params p) {
            return "let the balancer be as it was found";
        }

        @Override
        public Prepared prepare(StepContext<MongoCluster> c) {
            return Prepared.proceed(Params.of(MODE, c.firstFacts().string(MODE)));
        }

        @Override
        public Params apply(StepContext<MongoCluster> c) {
            if (runs(c) && !mode(c).equals(FULL)) {
                c.fence();
                c.engine().tellWhole(new Document("balancerStart", 1));
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<MongoCluster> c) {
            return !runs(c) || mode(c).equals(FULL)
                    ? Verdict.holds()
                    : Verdict.again("the balancer's mode is " + mode(c));
        }

        /** Only one that ran is started. */
        private static boolean runs(StepContext<MongoCluster> c) {
            return c.facts().string(MODE).equals(FULL);
        }
    }
}
