package io.gds.database.testkit;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import java.time.Duration;

/** The actions of the fake: the two ends of its brackets, and what comes behind a patch. */
final class FakeHandlers {
    static final String SET = "fake.set@1";
    static final String RESTORE = "fake.restore@1";
    static final String EXTEND = "fake.extend@1";

    private static final String KEY = "key";
    private static final String WAS = "was";

    private FakeHandlers() {}

    private static String now(StepContext<FakeEngine> c) {
        return c.engine().cluster().setting(c.params().string(KEY));
    }

    /** Changes, and remembers what was. */
    static final class Change implements StepHandler<FakeEngine> {
        @Override
        public ActionId action() {
            return ActionId.of(SET);
        }

        @Override
        public String describe(Params p) {
            return "set " + p.string(KEY) + " to " + p.string("value");
        }

        @Override
        public Prepared prepare(StepContext<FakeEngine> c) {
            return Prepared.proceed(Params.of(WAS, now(c)));
        }

        @Override
        public Params apply(StepContext<FakeEngine> c) {
            c.fence();
            Duration lasts = c.params().has("lasts") ? c.params().duration("lasts") : null;
            c.engine()
                    .cluster()
                    .work()
                    .set(
                            c.params().string(KEY),
                            c.params().string("value"),
                            lasts,
                            c.engine().hands(c));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<FakeEngine> c) {
            return isSet(c) ? Verdict.holds() : Verdict.again(c.params().string(KEY) + " is \"" + now(c) + "\"");
        }

        @Override
        public Probed probe(StepContext<FakeEngine> c) {
            return isSet(c) ? Probed.done() : Probed.notDone();
        }

        private static boolean isSet(StepContext<FakeEngine> c) {
            return now(c).equals(c.params().string("value"));
        }
    }

    /** Restores the first pre-image; does nothing when the opener changed nothing. */
    static final class Restore implements StepHandler<FakeEngine> {
        @Override
        public ActionId action() {
            return ActionId.of(RESTORE);
        }

        @Override
        public String describe(Params p) {
            return "restore " + p.string(KEY);
        }

        @Override
        public Prepared prepare(StepContext<FakeEngine> c) {
            return c.firstFacts().has(WAS)
                    ? Prepared.proceed(Params.of(WAS, c.firstFacts().string(WAS)))
                    : Prepared.skip("nothing was changed");
        }

        @Override
        public Params apply(StepContext<FakeEngine> c) {
            c.fence();
            c.engine()
                    .cluster()
                    .work()
                    .set(
                            c.params().string(KEY),
                            c.facts().string(WAS),
                            null,
                            c.engine().hands(c));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<FakeEngine> c) {
            return isRestored(c) ? Verdict.holds() : Verdict.again(c.params().string(KEY) + " is \"" + now(c) + "\"");
        }

        @Override
        public Probed probe(StepContext<FakeEngine> c) {
            return isRestored(c) ? Probed.done() : Probed.notDone();
        }

        private static boolean isRestored(StepContext<FakeEngine> c) {
            return now(c).equals(c.facts().string(WAS));
        }
    }

    /** Brings extensions to a version; nothing takes it back. */
    static final class Extend implements StepHandler<FakeEngine> {
        @Override
        public ActionId action() {
            return ActionId.of(EXTEND);
        }

        @Override
        public String describe(Params p) {
            return "update extensions to " + p.string("version");
        }

        @Override
        public Prepared prepare(StepContext<FakeEngine> c) {
            return isExtended(c) ? Prepared.already("extensions are up to date") : Prepared.proceed(Params.empty());
        }

        @Override
        public Params apply(StepContext<FakeEngine> c) {
            c.fence();
            c.engine().cluster().work().extend(version(c), c.engine().hands(c));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<FakeEngine> c) {
            return isExtended(c) ? Verdict.holds() : Verdict.again("extensions are not up to date");
        }

        @Override
        public Probed probe(StepContext<FakeEngine> c) {
            return isExtended(c) ? Probed.done() : Probed.notDone();
        }

        private static EngineVersion version(StepContext<FakeEngine> c) {
            return EngineVersion.parse(c.params().string("version"));
        }

        private static boolean isExtended(StepContext<FakeEngine> c) {
            return c.engine().cluster().extensions().equals(version(c));
        }
    }
}
