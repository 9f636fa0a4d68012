package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.UpgradeVerbs;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;

/** Check, readiness and post-flight of a whole cluster, by the engine's verbs; and the bare gate. */
final class ClusterHandlers {
    static final String CHECK = "cluster.check@1";
    static final String READY = "cluster.ready@1";
    static final String POST_FLIGHT = "cluster.post-flight@1";
    static final String GATE = "gds.gate@1";
    static final String UPGRADE = "upgrade";

    private ClusterHandlers() {}

    static List<VerbHandler> all() {
        return List.of(new Check(), new Ready(), new PostFlight(), new BareGate());
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
            Optional<String> planned = c.params().optionalString("primary");
            if (planned.isPresent() && !planned.get().equals(primary)) {
                return Prepared.refuse(Finding.block(
                        "GDS-PRIMARY-MOVED",
                        now.cluster(),
                        "primary " + primary,
                        "primary " + planned.get() + ", as it was planned",
                        "plan again; nothing has been touched."));
            }
            return findings(c).stream()
                    .filter(f -> f.severity() == Finding.Severity.BLOCK)
                    .findFirst()
                    .map(Prepared::refuse)
                    .orElseGet(() -> Prepared.proceed(Params.of("primary", primary)));
        }

        /** An upgrade leaves the major, which a patch must not. */
        private static List<Finding> findings(StepContext<DatabaseEngine> c) {
            return c.params().flag(UPGRADE)
                    ? facet(engineOf(c), UpgradeVerbs.class).hopPreFlight(request(c.params()))
                    : verbs(c).preFlight(request(c.params()));
        }
    }

    /** Before each turn, and on the way back: a primary that died without our doing is started again, if that is safe. */
    private static final class Ready extends IdempotentHandler {
        Ready() {
            super(READY);
        }

        @Override
        public String describe(Params p) {
            return "make sure that the primary serves; start it again when it died and nobody took over";
        }

        @Override
        void effect(StepContext<DatabaseEngine> c) {
            verbs(c).revive(c);
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return verbs(c).alive(c);
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
    }
}
