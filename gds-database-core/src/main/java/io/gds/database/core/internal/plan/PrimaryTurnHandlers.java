package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Params;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.plan.TurnForecast;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Member;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;

/** Which way the primary's turn goes, and the restart where it is, by the engine's verbs. */
final class PrimaryTurnHandlers {
    static final String CHOOSE = "cluster.choose-turn@1";
    static final String RESTART = "member.restart@1";

    private PrimaryTurnHandlers() {}

    static List<VerbHandler> all() {
        return List.of(new ChooseTurn(), new Restart());
    }

    private static PrimaryTurns turns(StepContext<DatabaseEngine> c) {
        return VerbHandler.facet(VerbHandler.engineOf(c), PrimaryTurns.class);
    }

    /** How the primary's turn goes, by what this run has measured. */
    private static final class ChooseTurn extends ReadOnlyHandler {
        ChooseTurn() {
            super(CHOOSE);
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
            TurnForecast measured = turns(c).measure(primary, c);
            c.progress("expected write gap: " + measured + "; chosen: " + measured.shorter());
            return Prepared.proceed(measured.document()
                    .with(PrimarySteps.TURN_CHOSEN, measured.shorter().name()));
        }
    }

    /** Restarts the primary where it is, on whatever version is installed now. */
    private static final class Restart extends IdempotentHandler {
        Restart() {
            super(RESTART);
        }

        @Override
        public String describe(Params p) {
            return "restart " + p.string(MEMBER) + " where it is, on the version that is installed";
        }

        @Override
        public Prepared prepare(StepContext<DatabaseEngine> c) {
            String member = c.params().string(MEMBER);
            Optional<EngineVersion> installed = verbs(c).installed(member);
            if (installed.isEmpty()) {
                return Prepared.hold(soon("nothing is installed on " + member, "a version", "the package manager"));
            }
            Optional<EngineVersion> running = running(c);
            if (running.filter(v -> v.sameRelease(installed.get())).isPresent()) {
                return Prepared.already(member + " runs " + running.get() + ", which is installed");
            }
            return permitted(turns(c).mayRestart(member, c), () -> verbs(c).beforeStop(member)
                    .with("version", installed.get().toString()));
        }

        @Override
        void effect(StepContext<DatabaseEngine> c) {
            turns(c).restart(c.params().string(MEMBER), version(c), c);
        }

        @Override
        public Verdict verify(StepContext<DatabaseEngine> c) {
            return turns(c).restarted(c.params().string(MEMBER), version(c), c);
        }

        /**
         * A server that still runs the other version has not been touched. It must be planned anew, and not just gone on
         * with: by now the bracket around it may be lost.
         */
        @Override
        public Probed probe(StepContext<DatabaseEngine> c) {
            Probed probed = super.probe(c);
            boolean untouched =
                    running(c).filter(v -> !v.sameRelease(version(c))).isPresent();
            return probed instanceof Probed.Partial && untouched ? Probed.notDone() : probed;
        }

        private static Optional<EngineVersion> running(StepContext<DatabaseEngine> c) {
            return engineOf(c).topology().member(c.params().string(MEMBER)).flatMap(Member::version);
        }

        private static EngineVersion version(StepContext<DatabaseEngine> c) {
            return EngineVersion.parse(c.facts().string("version"));
        }
    }
}
