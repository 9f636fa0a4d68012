package io.gds.database.core.internal.plan;

import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.ClusterClone;
import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.TurnForecast;
import io.gds.database.run.RunId;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Member;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;

/** The bracket of an ephemeral clone, and its validation. */
final class CloneHandlers {
    static final String CREATE = "clone.create@1";
    static final String DESTROY = "clone.destroy@1";
    static final String VALIDATE = "clone.validate@1";
    static final String FORECAST = "clone.forecast@1";

    private CloneHandlers() {}

    static List<VerbHandler> all() {
        return List.of(new Create(), new Destroy(), new Validate(), new Forecast());
    }

    private static Cloning cloning(StepContext<DatabaseEngine> c) {
        return VerbHandler.facet(c.engine(), Cloning.class);
    }

    private static final class Create extends VerbHandler {
        Create() {
            super(CREATE);
        }

        @Override
        public String describe(Params p) {
            return "copy the cluster into an isolated server of its own";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            return Prepared.proceed(Params.of("clone", name(c.run())));
        }

        private static String name(RunId run) {
            String v = run.value();
            return v.length() <= 40 ? v : v.substring(v.length() - 40).replaceFirst("^-+", "");
        }

        @Override
        public Params apply(StepContext<DatabaseEngine> c) {
            String id = c.facts().string("clone");
            // a copy that died half way is worth nothing: it is made anew
            cloning(c).findClone(id).ifPresent(ClusterClone::close);
            c.fence();
            ClusterClone clone = cloning(c)
                    .cloneCluster(
                            CloneRequest.named(id).unowned().timeout(c.step().timeout()));
            String member =
                    clone.engine().topology().primary().map(Member::name).orElse("clone");
            return Params.of("member", member, "connection", clone.connectionString());
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            String id = c.facts().string("clone");
            Optional<ClusterClone> clone = cloning(c).findClone(id);
            return clone.isPresent() ? Verdict.holds() : Verdict.again("clone " + id + " is not there");
        }

        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            return Probed.partial("the copy may be incomplete; it is made anew");
        }
    }

    private static final class Destroy extends IdempotentHandler {
        Destroy() {
            super(DESTROY);
        }

        @Override
        public String describe(Params p) {
            return "stop the clone and remove all its files";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            return Prepared.proceed(Params.of("clone", c.firstFacts().string("clone")));
        }

        @Override
        void effect(StepContext<DatabaseEngine> c) {
            cloning(c).findClone(c.facts().string("clone")).ifPresent(ClusterClone::close);
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            String id = c.facts().string("clone");
            return cloning(c).clones().contains(id)
                    ? Verdict.again("clone " + id + " is still there")
                    : Verdict.holds();
        }
    }

    /** What the primary's turn would cost, now that a start has been measured. */
    private static final class Forecast extends ReadOnlyHandler {
        Forecast() {
            super(FORECAST);
        }

        @Override
        public String describe(Params p) {
            return "forecast the turn of " + p.string("primary") + " by what the clone needed";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            TurnForecast onClone =
                    facet(engineOf(c), PrimaryTurns.class).measure(c.params().string("member"), c);
            TurnForecast forecast =
                    facet(c.engine(), PrimaryTurns.class).rehearsed(c.params().string("primary"), onClone);
            c.progress("expected write gap: " + forecast);
            return Prepared.proceed(forecast.document());
        }
    }

    private static final class Validate extends ReadOnlyHandler {
        Validate() {
            super(VALIDATE);
        }

        @Override
        public String describe(Params p) {
            return "check the clone on " + p.string("version")
                    + ": version, checksums, extensions, structures, queries";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            List<Finding> findings = cloning(c)
                    .findClone(c.params().string(CLONE))
                    .map(x -> x.validate(
                            EngineVersion.parse(c.params().string("version")),
                            c.params().strings("smokeQueries")))
                    .orElseGet(() -> List.of(Finding.block(
                            "GDS-CLONE-GONE",
                            c.params().string(CLONE),
                            "no such clone",
                            "the clone",
                            "rehearse again.")));
            return findings.stream()
                    .filter(f -> f.severity() == Finding.Severity.BLOCK)
                    .findFirst()
                    .map(Prepared::refuse)
                    .orElseGet(() -> Prepared.proceed(Params.of(
                            "findings", findings.stream().map(Finding::document).toList())));
        }
    }
}
