package io.gds.database.core.internal.plan;

import io.gds.database.plan.Estimates;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A rehearsal is a run like any other: its plan keeps a clone inside a bracket, so the clone goes whatever happens. */
public final class RehearsalPlan {
    /** The kind of its plans. */
    public static final String KIND = "rehearsal";

    private static final StepId CREATE = StepId.of("clone-create");
    private static final StepId STOP = StepId.of("clone-stop");
    private static final StepId INSTALL = StepId.of("clone-install");
    private static final StepId START = StepId.of("clone-start");
    private static final StepId VALIDATE = StepId.of("clone-validate");

    private RehearsalPlan() {}

    /** Clone, patch, validate, destroy: the steps of a patch plan on a copy. */
    public static Plan of(Plan patch, List<String> smokeQueries, Clock clock) {
        String version = patch.steps().stream()
                .filter(s -> s.action().toString().equals(ClusterHandlers.CHECK))
                .map(s -> s.params().string("version"))
                .findFirst()
                .orElseThrow(() -> io.gds.database.error.GdsDatabaseException.user("GDS-REHEARSAL")
                        .message("plan " + patch + " is not a rolling patch.")
                        .remedy("rehearse a plan made from a PatchRequest.")
                        .build());
        Params on = Params.of(
                VerbHandler.CLONE,
                Params.ref(CREATE, "clone"),
                "member",
                Params.ref(CREATE, "member"),
                "inPlace",
                true);
        Duration limit = Duration.ofHours(1);
        return Plan.of(KIND, "Rehearse: " + patch.title(), patch.cluster(), patch.fingerprint())
                .createdAt(clock.instant())
                .step(Step.of(CREATE.value(), CloneHandlers.CREATE, "clone")
                        .title("Clone the cluster")
                        .timeout(limit)
                        .opens("clone")
                        .build())
                .step(Step.of(STOP.value(), MemberHandlers.STOP, "clone")
                        .title("Stop the clone")
                        .params(on)
                        .after(CREATE)
                        .opens("clone-down")
                        .build())
                .step(Step.of(INSTALL.value(), MemberHandlers.INSTALL, "clone")
                        .title("Install " + version + " on the clone")
                        .params(on.with("version", version))
                        .after(STOP)
                        .build())
                .step(Step.of(START.value(), MemberHandlers.START, "clone")
                        .title("Start the clone")
                        .params(on)
                        .after(INSTALL)
                        .closes("clone-down")
                        .build())
                .step(Step.of(VALIDATE.value(), CloneHandlers.VALIDATE, "clone")
                        .title("Validate the clone")
                        .params(on.with("version", version).with("smokeQueries", smokeQueries))
                        .after(START)
                        .timeout(limit)
                        .build())
                .step(Step.of("clone-destroy", CloneHandlers.DESTROY, "clone")
                        .title("Destroy the clone")
                        .after(VALIDATE)
                        .timeout(limit)
                        .closes("clone")
                        .build())
                .build();
    }

    /** What the rehearsal measured, given to the steps of the same kind in the patch plan. */
    public static Estimates estimates(Plan patch, RunId rehearsal, List<RunEvent> events) {
        Map<String, Duration> measured = new HashMap<>();
        Map<String, Instant> begun = new HashMap<>();
        for (RunEvent e : events) {
            String step = e.step().orElse("");
            if (e.type() == RunEvent.Type.STEP_INTENT) {
                begun.put(step, e.at());
            } else if (e.type() == RunEvent.Type.STEP_VERIFIED && begun.containsKey(step)) {
                measured.put(step, Duration.between(begun.get(step), e.at()));
            }
        }
        Map<String, StepId> sources =
                Map.of(MemberHandlers.STOP, STOP, MemberHandlers.INSTALL, INSTALL, MemberHandlers.START, START);
        Map<StepId, Duration> out = new HashMap<>();
        for (Step s : patch.steps()) {
            StepId source = sources.get(s.action().toString());
            Duration d = source == null ? null : measured.get(source.value());
            if (d != null && isExpected(s, patch)) {
                out.put(s.id(), d);
            }
        }
        Estimates e = Estimates.of("rehearsal " + rehearsal, out);
        return patch.estimates().turns().map(e::withTurns).orElse(e);
    }

    /** Of the two ways of the primary's turn only one will be gone. */
    private static boolean isExpected(Step s, Plan patch) {
        return s.when().isEmpty()
                || patch.estimates()
                        .turns()
                        .filter(t -> !t.shorter().name().equals(s.when().get().value()))
                        .isEmpty();
    }
}
