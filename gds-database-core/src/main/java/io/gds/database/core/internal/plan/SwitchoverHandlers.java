package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Member;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who takes over, and the change of roles, by the engine's verbs. */
final class SwitchoverHandlers {
    static final String CHOOSE = "cluster.choose@1";
    static final String SETTLE = "cluster.settle@1";
    static final String SWITCHOVER = "cluster.switchover@1";

    private SwitchoverHandlers() {}

    static List<VerbHandler> all() {
        return List.of(new Choose(), new Settle(), new Switchover());
    }

    /**
     * The late choice: who takes over is decided when it matters, and journalled. A patched member that became primary
     * without us (a failover, somebody's switchover) is the one.
     */
    private static final class Choose extends ReadOnlyHandler {
        Choose() {
            super(CHOOSE);
        }

        @Override
        public String describe(Params p) {
            return "choose who takes over among " + p.strings("allowed");
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            Set<String> allowed = new TreeSet<>(c.params().strings("allowed"));
            EngineVersion version = EngineVersion.parse(c.params().string("version"));
            Optional<String> tookOver = engineOf(c)
                    .topology()
                    .primary()
                    .filter(p -> allowed.contains(p.name()))
                    .filter(p -> p.version().filter(v -> v.sameRelease(version)).isPresent())
                    .map(Member::name);
            if (tookOver.isPresent()) {
                return Prepared.proceed(Params.of("candidate", tookOver.get(), "tookOver", true));
            }
            Optional<String> chosen = verbs(c).candidate(allowed, version);
            return chosen.map(m -> Prepared.proceed(Params.of("candidate", m)))
                    .orElseGet(() -> Prepared.hold(soon(
                            "none of " + c.params().strings("allowed") + " is patched, following and caught up",
                            "a member that may take over",
                            "replication catching up")));
        }
    }

    private static final class Settle extends HarmlessHandler {
        Settle() {
            super(SETTLE);
        }

        @Override
        public String describe(Params p) {
            return "checkpoint both sides, so that the switchover is short";
        }

        @Override
        void effect(StepContext<DatabaseEngine> c) {
            verbs(c).settle(c.params().string("from"), c.params().string("to"), c);
        }
    }

    /**
     * Changes roles. On the way back the member that takes over again may be down, since it was to be patched next: the
     * first pass starts it, the second one switches over.
     */
    private static final class Switchover extends VerbHandler {
        private static final String STARTS = "starts";

        Switchover() {
            super(SWITCHOVER);
        }

        @Override
        public String describe(Params p) {
            return "switch over from " + p.string("from") + " to " + p.string("to");
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            String from = c.params().string("from");
            String to = c.params().string("to");
            boolean answers =
                    engineOf(c).topology().member(to).filter(Member::reachable).isPresent();
            if (!answers && !c.params().flag("formerStaysDown")) {
                return verbs(c).installed(to)
                        .map(v -> Prepared.proceed(Params.of(STARTS, v.toString())))
                        .orElseGet(() -> Prepared.hold(soon(to + " is down", "a version to start", "an installation")));
            }
            return permitted(verbs(c).maySwitchOver(from, to, c), () -> verbs(c).beforeSwitchover(from, to));
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            c.fence();
            String to = c.params().string("to");
            if (c.facts().has(STARTS)) {
                verbs(c).start(to, c);
            } else {
                verbs(c).switchOver(c.params().string("from"), to, c.params().flag("formerStaysDown"), c);
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            String to = c.params().string("to");
            if (c.facts().has(STARTS)) {
                Verdict back = serving(c);
                return back instanceof Verdict.Holds ? Verdict.again(to + " follows again and can take over") : back;
            }
            return verbs(c).switchedOver(
                            c.params().string("from"), to, c.params().flag("formerStaysDown"), c);
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            if (c.facts().has(STARTS)) {
                return doneOrPartial(serving(c));
            }
            return verbs(c).probeSwitchover(
                            c.params().string("from"),
                            c.params().string("to"),
                            c.params().flag("formerStaysDown"),
                            c);
        }

        private static Verdict serving(StepContext<DatabaseEngine> c) {
            return verbs(c).serving(
                            c.params().string("to"),
                            EngineVersion.parse(c.facts().string(STARTS)),
                            c);
        }
    }
}
