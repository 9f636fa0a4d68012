package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.plan.TurnForecast;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Check, choice, settling, switchover and post-flight of a whole cluster, by the engine's verbs; and the bare gate. */
final class ClusterHandlers {
    static final String CHECK = "cluster.check@1";
    static final String READY = "cluster.ready@1";
    static final String CHOOSE = "cluster.choose@1";
    static final String TURN = "cluster.choose-turn@1";
    static final String SETTLE = "cluster.settle@1";
    static final String SWITCHOVER = "cluster.switchover@1";
    static final String POST_FLIGHT = "cluster.post-flight@1";
    static final String GATE = "gds.gate@1";

    private ClusterHandlers() {}

    static List<VerbHandler> all() {
        return List.of(
                new Check(),
                new Ready(),
                new Choose(),
                new ChooseTurn(),
                new Settle(),
                new Switchover(),
                new PostFlight(),
                new BareGate());
    }

    /** Facts age: everything that the plan rests on is looked at once more before anything is changed. */
    private static final class Check extends ReadOnlyHandler {
        Check() {
            super(CHECK);
        }

        @Override
        public String describe(Params p) {
            return "check identity, roles and pre-flight findings once more";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            Topology now = engineOf(c).topology();
            String expected = c.params().string("fingerprint");
            if (!now.fingerprint().equals(expected)) {
                return Prepared.refuse(Finding.block(
                        "GDS-TOPOLOGY-CHANGED",
                        now.cluster(),
                        "identity " + now.fingerprint() + ": " + now.members(),
                        "identity " + expected + ", as it was planned",
                        "plan again; nothing has been touched."));
            }
            String primary = now.primary().map(Member::name).orElse("none");
            if (!primary.equals(c.params().string("primary"))) {
                return Prepared.refuse(Finding.block(
                        "GDS-PRIMARY-MOVED",
                        now.cluster(),
                        "primary " + primary,
                        "primary " + c.params().string("primary") + ", as it was planned",
                        "plan again; nothing has been touched."));
            }
            return verbs(c).preFlight(request(c.params())).stream()
                    .filter(f -> f.severity() == Finding.Severity.BLOCK)
                    .findFirst()
                    .map(Prepared::refuse)
                    .orElseGet(() -> Prepared.proceed(Params.of("primary", primary)));
        }
    }

    /** Before each turn, and on the way back: a primary that died without our doing is started again, if that is safe. */
    private static final class Ready extends VerbHandler {
        Ready() {
            super(READY);
        }

        @Override
        public String describe(Params p) {
            return "make sure that the primary serves; start it again when it died and nobody took over";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            return Prepared.proceed(Params.empty());
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            c.fence();
            verbs(c).revive(c);
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return verbs(c).alive(c);
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            return doneOrPartial(verify(c));
        }
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

    /** How the primary's turn goes, by what this run has measured. */
    private static final class ChooseTurn extends ReadOnlyHandler {
        ChooseTurn() {
            super(TURN);
        }

        @Override
        public String describe(Params p) {
            return "choose the way with the shorter write gap for the turn of " + p.string("primary");
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            String primary = c.params().string("primary");
            if (engineOf(c)
                    .topology()
                    .primary()
                    .filter(p -> !p.name().equals(primary))
                    .isPresent()) { // it follows already, and is patched like any follower
                return Prepared.proceed(
                        Params.of(PrimarySteps.TURN_CHOSEN, PrimaryTurn.SWITCHOVER.name(), "moved", true));
            }
            TurnForecast measured = facet(engineOf(c), PrimaryTurns.class).measure(primary, c);
            c.progress("expected write gap: " + measured + "; chosen: " + measured.shorter());
            return Prepared.proceed(measured.document()
                    .with(PrimarySteps.TURN_CHOSEN, measured.shorter().name()));
        }
    }

    private static final class Settle extends VerbHandler {
        Settle() {
            super(SETTLE);
        }

        @Override
        public String describe(Params p) {
            return "checkpoint both sides, so that the switchover is short";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            return Prepared.proceed(Params.empty());
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            verbs(c).settle(c.params().string("from"), c.params().string("to"), c);
            return Params.of("settled", true);
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return Verdict.holds();
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            return Probed.partial("may not have been settled; doing it again does no harm");
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

    private static final class PostFlight extends ReadOnlyHandler {
        PostFlight() {
            super(POST_FLIGHT);
        }

        @Override
        public String describe(Params p) {
            return "check that every member runs " + p.string("version") + " and follows one primary";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            return Prepared.proceed(Params.empty());
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return verbs(c).postFlight(EngineVersion.parse(c.params().string("version"))).stream()
                    .filter(f -> f.severity() == Finding.Severity.BLOCK)
                    .findFirst()
                    .map(f -> Verdict.notYet(soon(f.subject() + ": " + f.observed(), f.expected(), f.remedy())))
                    .orElseGet(Verdict::holds);
        }
    }

    private static final class BareGate extends ReadOnlyHandler {
        BareGate() {
            super(GATE);
        }

        @Override
        public String describe(Params p) {
            return "go on when the gate is open";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            return Prepared.proceed(Params.empty());
        }
    }
}
