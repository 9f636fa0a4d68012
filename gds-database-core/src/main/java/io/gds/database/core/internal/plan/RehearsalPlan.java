package io.gds.database.core.internal.plan;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Estimates;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.plan.TurnForecast;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A rehearsal is a run like any other: its plan keeps a clone inside a bracket, so the clone goes whatever happens. */
public final class RehearsalPlan {
    /** The kind of its plans. */
    public static final String KIND = "rehearsal";

    private static final StepId CREATE = StepId.of("clone-create");
    private static final StepId DOWNLOAD = StepId.of("clone-download");
    private static final StepId STOP = StepId.of("clone-stop");
    private static final StepId INSTALL = StepId.of("clone-install");
    private static final StepId START = StepId.of("clone-start");
    private static final StepId VALIDATE = StepId.of("clone-validate");
    private static final StepId FORECAST = StepId.of("clone-forecast");
    private static final Duration LIMIT = Duration.ofHours(1);

    /** What every step on the clone is told. */
    private static final Params ON = Params.of(
            VerbHandler.CLONE, Params.ref(CREATE, "clone"), "member", Params.ref(CREATE, "member"), "inPlace", true);

    /** Which step measures the steps of an action. */
    private static final Map<String, StepId> MEASURED_BY = Map.of(
            MemberHandlers.DOWNLOAD, DOWNLOAD,
            MemberHandlers.STOP, STOP,
            MemberHandlers.INSTALL, INSTALL,
            MemberHandlers.START, START);

    private RehearsalPlan() {}

    /** Clone, bring to each version, validate, destroy: the steps of a patch or an upgrade on a copy. */
    public static Plan of(Plan patch, List<String> smokeQueries, Clock clock) {
        List<Params> checks =
                steps(patch, ClusterHandlers.CHECK).map(Step::params).toList();
        if (checks.isEmpty()) {
            throw GdsDatabaseException.user("GDS-REHEARSAL")
                    .message("plan " + patch + " is not a rolling patch or an upgrade.")
                    .remedy("rehearse a plan made from a PatchRequest or an UpgradeRequest.")
                    .build();
        }
        boolean downloads = only(patch, MemberHandlers.DOWNLOAD).isPresent();
        boolean turns = patch.estimates().turns().isPresent();
        Plan.Builder plan = Plan.of(KIND, "Rehearse: " + patch.title(), patch.cluster(), patch.fingerprint())
                .createdAt(clock.instant())
                .step(Step.of(CREATE.value(), CloneHandlers.CREATE, "clone")
                        .title("Clone the cluster")
                        .timeout(LIMIT)
                        .opens("clone")
                        .build());
        StepId last = CREATE;
        for (int i = 0; i < checks.size(); i++) {
            last = hop(
                    plan, i == 0 ? "" : "-" + (i + 1), checks.get(i).string("version"), downloads, smokeQueries, last);
        }
        if (turns) {
            plan.step(Step.of(FORECAST.value(), CloneHandlers.FORECAST, "clone")
                    .title("Forecast the primary's turn")
                    .params(ON.with("primary", checks.get(0).string("primary")))
                    .after(last)
                    .timeout(LIMIT)
                    .build());
        }
        return plan.step(Step.of("clone-destroy", CloneHandlers.DESTROY, "clone")
                        .title("Destroy the clone")
                        .after(turns ? FORECAST : last)
                        .timeout(LIMIT)
                        .closes("clone")
                        .build())
                .build();
    }

    /** One version after the other, as the plan brings them. */
    private static StepId hop(
            Plan.Builder plan,
            String number,
            String version,
            boolean downloads,
            List<String> smokeQueries,
            StepId before) {
        StepId last = before;
        if (downloads) {
            last = add(
                    plan,
                    DOWNLOAD + number,
                    MemberHandlers.DOWNLOAD,
                    "Fetch " + version + " for the clone",
                    last,
                    s -> s.params(ON.with("version", version)).timeout(LIMIT));
        }
        String down = "clone-down" + number;
        last = add(plan, STOP + number, MemberHandlers.STOP, "Stop the clone", last, s -> s.params(ON)
                .opens(down));
        last = add(
                plan,
                INSTALL + number,
                MemberHandlers.INSTALL,
                "Install " + version + " on the clone",
                last,
                s -> s.params(ON.with("version", version)));
        last = add(plan, START + number, MemberHandlers.START, "Start the clone", last, s -> s.params(ON)
                .closes(down));
        return add(plan, VALIDATE + number, CloneHandlers.VALIDATE, "Validate the clone", last, s -> s.params(
                        ON.with("version", version).with("smokeQueries", smokeQueries))
                .timeout(LIMIT));
    }

    private static StepId add(
            Plan.Builder plan, String id, String action, String title, StepId after, Consumer<Step.Builder> more) {
        Step.Builder step = Step.of(id, action, "clone").title(title).after(after);
        more.accept(step);
        plan.step(step.build());
        return StepId.of(id);
    }

    private static Optional<Step> only(Plan patch, String action) {
        return steps(patch, action).findFirst();
    }

    private static Stream<Step> steps(Plan patch, String action) {
        return patch.steps().stream().filter(s -> s.action().toString().equals(action));
    }

    /**
     * What the rehearsal measured, given to the steps of the same kind in the patch plan; the forecast of the primary's turn
     * stays as it was planned when the rehearsal did not come to it.
     */
    public static Estimates estimates(Plan patch, RunId rehearsal, List<RunEvent> events) {
        Map<String, Duration> measured = new HashMap<>();
        Map<String, Instant> begun = new HashMap<>();
        Optional<TurnForecast> turns = patch.estimates().turns();
        for (RunEvent e : events) {
            String step = e.step().orElse("");
            if (e.type() == RunEvent.Type.STEP_INTENT) {
                begun.put(step, e.at());
                if (step.equals(FORECAST.value())) {
                    turns = Optional.of(TurnForecast.fromDocument(e.data().object("facts")));
                }
            } else if (e.type() == RunEvent.Type.STEP_VERIFIED && begun.containsKey(step)) {
                measured.put(step, Duration.between(begun.get(step), e.at()));
            }
        }
        Optional<String> expected = turns.map(t -> t.shorter().name());
        Map<StepId, Duration> out = new HashMap<>();
        MEASURED_BY.forEach((action, source) -> Optional.ofNullable(measured.get(source.value()))
                .ifPresent(took -> steps(patch, action)
                        .filter(s -> isExpected(s, expected))
                        .forEach(s -> out.put(s.id(), took))));
        Estimates estimates = Estimates.of("rehearsal " + rehearsal, out);
        return turns.map(estimates::withTurns).orElse(estimates);
    }

    /** Of the two ways of the primary's turn only one will be gone: the shorter one, as it looks now. */
    private static boolean isExpected(Step s, Optional<String> turn) {
        return s.when().isEmpty()
                || turn.isEmpty()
                || turn.get().equals(s.when().get().value());
    }
}
