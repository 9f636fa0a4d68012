package io.gds.database.testkit;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.TurnForecast;
import io.gds.database.spi.Permit;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;

/** The restart in place of the fake, as a careful engine writes it. A wrong one overrides what it gets wrong. */
class FakePrimaryTurns implements PrimaryTurns {
    private static final ActionId START = ActionId.of("member.start@1");

    private final FakeEngine engine;
    private final FakeCluster cluster;

    FakePrimaryTurns(FakeEngine engine) {
        this.engine = engine;
        this.cluster = engine.cluster();
    }

    @Override
    public TurnForecast forecast(String primary, PatchRequest request) {
        return cluster.abilities().planned().orElseThrow();
    }

    @Override
    public TurnForecast measure(String primary, StepContext<?> context) {
        cluster.reach(primary);
        TurnForecast t = cluster.abilities().takeMeasurement().orElseThrow();
        int starts = context.earlier(START).size();
        return new TurnForecast(t.switchover(), t.restartInPlace(), t.basis() + ", " + starts + " starts seen");
    }

    @Override
    public Permit mayRestart(String primary, StepContext<?> context) {
        cluster.reach(primary);
        List<String> primaries = cluster.primaries();
        boolean diedAsPrimary = primaries.isEmpty() && cluster.member(primary).primary;
        return primaries.equals(List.of(primary)) || diedAsPrimary
                ? Permit.granted()
                : Permit.refused(FakeVerbs.block(
                        "FAKE-NOT-PRIMARY", primary, "primaries " + primaries, primary + " as the only primary"));
    }

    @Override
    public void restart(String primary, EngineVersion version, StepContext<?> context) {
        cluster.work().restart(primary, engine.hands(context));
    }

    @Override
    public Verdict restarted(String primary, EngineVersion version, StepContext<?> context) {
        cluster.reach(primary);
        Optional<EngineVersion> running = cluster.running(primary);
        if (running.isEmpty()) {
            return Verdict.again(primary + " is down");
        }
        if (running.filter(version::equals).isEmpty()) {
            return Verdict.notYet(FakeVerbs.blocked(primary + " runs " + running.get(), "runs " + version));
        }
        return cluster.primaries().equals(List.of(primary))
                ? Verdict.holds()
                : Verdict.notYet(FakeVerbs.blocked("primaries " + cluster.primaries(), primary));
    }
}
