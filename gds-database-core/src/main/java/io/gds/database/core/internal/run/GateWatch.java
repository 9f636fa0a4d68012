package io.gds.database.core.internal.run;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.internal.gate.GateEvaluator;
import io.gds.database.plan.Gate;
import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Evaluates the gates of one run and journals what they answer, and remembers since when a cluster has been healthy. Confined
 * to the driver's thread: gates are read-only and quick, and evaluating them there keeps the order of events simple.
 */
final class GateWatch {
    private final RunState state;
    private final DatabaseEngine engine;
    private final RunLog log;
    private final DriverSettings settings;
    private final Map<String, Instant> healthySince = new HashMap<>();

    GateWatch(RunState state, DatabaseEngine engine, RunLog log, DriverSettings settings) {
        this.state = state;
        this.engine = engine;
        this.log = log;
        this.settings = settings;
    }

    void evaluate(Command.Evaluate e) {
        Gate gate = e.gate();
        GateRun run = state.gate(gate.name());
        if (run.reachedAt() == null) {
            Params reached = Params.of("gate", gate.name(), "rule", gate.rule().describe());
            log.append(
                    RunEvent.Type.GATE_REACHED,
                    null,
                    reached.with("step", e.step().id()));
            return;
        }
        GateEvaluator.Answer a = new GateEvaluator(
                        engine,
                        settings.checks(),
                        new GateEvaluator.Standing(run.reachedAt(), run.approvals(), healthySince.get(gate.name())),
                        settings.clock().instant())
                .evaluate(gate.rule());
        if (a.healthySince() == null) {
            healthySince.remove(gate.name());
        } else {
            healthySince.put(gate.name(), a.healthySince());
        }
        if (a.open()) {
            log.append(RunEvent.Type.GATE_OPENED, null, Params.of("gate", gate.name(), "reason", a.reason()));
        } else if (a.expired()) {
            log.append(RunEvent.Type.GATE_EXPIRED, null, Params.of("gate", gate.name(), "reason", a.reason()));
        } else {
            log.waits("gate:" + gate.name(), a.blocked(gate.rule()));
        }
    }

    /** What {@link #remember} reads in the next process. */
    Params remembered() {
        Map<String, Object> healthy = new HashMap<>();
        healthySince.forEach((gate, since) -> healthy.put(gate, since.toString()));
        return Params.of("healthy", healthy, "seen", settings.clock().instant().toString());
    }

    /** Health counts on through a short time in which nobody looked, as between two looks at a gate. */
    void remember(Params parked) {
        Duration patience = settings.patience();
        Duration unseen = parked.has("seen")
                ? Duration.between(
                        Instant.parse(parked.string("seen")), settings.clock().instant())
                : patience.multipliedBy(3);
        if (unseen.compareTo(patience.multipliedBy(2)) <= 0) {
            Params healthy = parked.object("healthy");
            healthy.asMap().keySet().forEach(gate -> healthySince.put(gate, Instant.parse(healthy.string(gate))));
        }
    }
}
