package io.gds.engine.postgres.internal.steps;

import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Guard;
import java.util.List;

/** The two ends of the urgent bracket around a switchover: the dead man's timer is armed and disarmed. */
final class GuardHandlers {
    static final String ARM = "pg.guard-arm@1";
    static final String DISARM = "pg.guard-disarm@1";

    private GuardHandlers() {}

    static List<PostgresHandler> all() {
        return List.of(new Arm(), new Disarm());
    }

    private static final class Arm extends PostgresHandler {
        Arm() {
            super(ARM);
        }

        @Override
        public String describe(Params p) {
            return "start a dead man's timer on the host of " + p.string("from")
                    + ": it brings writes back when this process dies between stop and promotion";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            return Prepared.proceed(Params.of(
                    "from", c.params().string("from"), "to", c.params().string("to")));
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            c.fence();
            new Guard(c.engine(), c.facts().string("from")).arm(c.facts().string("to"));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            return new Guard(c.engine(), c.facts().string("from")).isWatching()
                    ? Verdict.holds()
                    : Verdict.again("the timer does not watch any more");
        }
    }

    private static final class Disarm extends PostgresHandler {
        Disarm() {
            super(DISARM);
        }

        @Override
        public String describe(Params p) {
            return "end the dead man's timer";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            return Prepared.proceed(Params.of("from", c.firstFacts().string("from")));
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            c.fence();
            new Guard(c.engine(), c.facts().string("from")).disarm();
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            return new Guard(c.engine(), c.facts().string("from")).isThere()
                    ? Verdict.again("the timer's token is still there")
                    : Verdict.holds();
        }
    }
}
