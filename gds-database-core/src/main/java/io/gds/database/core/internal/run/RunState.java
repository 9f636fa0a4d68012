package io.gds.database.core.internal.run;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.run.Blocked;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunStatus;
import io.gds.database.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands: its plan and the fold of its events. The same events give the same state in every process.
 *
 * <p>Confined to the thread that drives or reads the run. Waits are not events: the driver puts them in.
 */
public final class RunState {
    /**
     * A wait of a step or gate.
     *
     * @param blocked what it says
     * @param since since when
     * @param next when to look again
     */
    record Wait(Blocked blocked, Instant since, Instant next) {}

    private final PlanGraph graph;
    private final Map<String, RunStep> steps = new LinkedHashMap<>();
    private final Map<String, StepRun> runs = new HashMap<>();
    private final Map<String, GateRun> gates = new HashMap<>();
    private final List<Return> returns = new ArrayList<>();
    private final Map<String, Wait> waits = new HashMap<>();
    private final Set<String> acknowledged = new TreeSet<>();
    private long seq;
    private long epoch;
    private @Nullable Finding stopCause;
    private boolean cancelled;
    private boolean backRequested;
    private @Nullable RunStatus finished;

    /** The state before the first event. */
    public RunState(Plan plan) {
        this.graph = new PlanGraph(plan);
        addSteps(graph.forward().values());
    }

    /** The state after some events. */
    public static RunState of(Plan plan, List<RunEvent> events) {
        RunState s = new RunState(plan);
        events.forEach(s::apply);
        return s;
    }

    private void addSteps(Iterable<RunStep> more) {
        more.forEach(s -> {
            steps.put(s.id(), s);
            runs.put(s.id(), new StepRun());
        });
    }

    PlanGraph graph() {
        return graph;
    }

    /** The plan. */
    public Plan plan() {
        return graph.plan();
    }

    /** The last event's number. */
    public long seq() {
        return seq;
    }

    /** The epoch of the process that drives the run. */
    public long epoch() {
        return epoch;
    }

    Map<String, RunStep> steps() {
        return steps;
    }

    /** A step that is known to be there, forward or back. */
    RunStep runStep(String id) {
        RunStep s = steps.get(id);
        if (s == null) {
            throw new IllegalStateException("no step " + id);
        }
        return s;
    }

    /** What closes the bracket that a step opens, on the same way; none on a way back that closes nothing. */
    Optional<RunStep> closing(RunStep opener) {
        if (!opener.back()) {
            return Optional.of(runStep(graph.closerOf(opener.source()).id().value()));
        }
        String way = opener.id().substring(0, opener.id().indexOf(':') + 1);
        return Optional.ofNullable(
                steps.get(way + graph.openerOf(opener.source()).id()));
    }

    StepRun step(StepId id) {
        return run(id.value());
    }

    StepRun run(String id) {
        StepRun r = runs.get(id);
        if (r == null) {
            throw new IllegalStateException("no step " + id);
        }
        return r;
    }

    /** The state of a step by its name in the journal. */
    public Optional<StepState> stateOf(String step) {
        return Optional.ofNullable(runs.get(step)).map(StepRun::state);
    }

    /** Whether what an opener opens is open now and nothing closes it yet: on the way there, or again on a way back. */
    public boolean isOpen(Step opener) {
        return brackets().isOpen(opener);
    }

    BracketStory brackets() {
        return new BracketStory(this);
    }

    /** Whether no step has had an effect so far: the run was refused, and there is nothing to go back from. */
    boolean touchedNothing() {
        return graph.forward().keySet().stream().noneMatch(id -> run(id).everTouched());
    }

    /** Whether a step belongs to the way back of the whole run. */
    public boolean isOnTheWayBack(String step) {
        return returns.stream().filter(way -> way.scope().equals(Return.RUN)).anyMatch(way -> way.steps().stream()
                .anyMatch(s -> s.id().equals(step)));
    }

    /** All steps by name, those of the way back included. */
    public Map<String, StepState> states() {
        Map<String, StepState> out = new LinkedHashMap<>();
        steps.keySet().forEach(id -> out.put(id, run(id).state()));
        return out;
    }

    GateRun gate(String name) {
        return gates.computeIfAbsent(name, n -> new GateRun());
    }

    /** How a gate stands. */
    public GateRun gateView(String name) {
        return gate(name);
    }

    List<Return> returns() {
        return returns;
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Why the run shall stop; null while it shall not. */
    @Nullable
    Finding stopCause() {
        return stopCause;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Whether somebody asked for the whole way back, whatever the plan says of failures. */
    boolean backRequested() {
        return backRequested;
    }

    /** How the run ended; empty while it has not. */
    public Optional<RunStatus> finished() {
        return Optional.ofNullable(finished);
    }

    @Nullable
    Wait waitOf(String id) {
        return waits.get(id);
    }

    Map<String, Wait> waits() {
        return waits;
    }

    void waits(String id, Blocked blocked, Instant now) {
        Wait before = waits.get(id);
        Instant since = before == null ? now : before.since();
        waits.put(id, new Wait(blocked, since, now.plus(blocked.recheck())));
    }

    /** Folds one event in. */
    public void apply(RunEvent e) {
        seq = Math.max(seq, e.seq());
        Params d = e.data();
        String id = e.step().orElse("");
        switch (e.type()) {
            case LEASE_TAKEN -> epoch = d.integer("epoch");
            case FINDING_ACKNOWLEDGED -> acknowledged.add(d.string("id"));
            case GATE_REACHED -> gate(d.string("gate")).reached(e.at());
            case GATE_APPROVED ->
                gate(d.string("gate"))
                        .approved(new Approval(
                                d.string("by"), d.optionalString("reason").orElse("")));
            case GATE_OPENED -> gate(d.string("gate")).opened();
            case GATE_EXPIRED -> gate(d.string("gate")).expire();
            case STEP_INTENT -> moved(id).intent(id, d.object("facts"), epoch, e.at());
            case STEP_CHECKPOINT -> run(id).checkpoint(d.object("values"));
            case STEP_ATTEMPT_FAILED ->
                run(id).attemptFailed(d.optionalString("reason").orElse(""), e.at());
            case STEP_CONTINUED -> moved(id).continued(epoch);
            case STEP_APPLIED -> moved(id).applied(id, d.object("facts"));
            case STEP_VERIFIED -> moved(id).verified(id, d.object("facts"), epoch, e.at());
            case STEP_REPLANNED ->
                moved(id).replanned(id, d.optionalString("kind").orElse("again"));
            case STEP_SKIPPED -> moved(id).skipped(id);
            case STEP_FAILED -> moved(id).failed(id, Finding.fromDocument(d.object("finding")));
            case STEP_UNDONE -> moved(id).undone(id);
            case STEP_UNKNOWN -> moved(id).unknown(id);
            case STEP_SETTLED -> settled(id, d);
            case BRACKET_CONFIRMED -> run(id).confirmed(epoch, e.at());
            case CANCEL_REQUESTED -> stop(d);
            case WAY_BACK_STARTED -> startReturn(d);
            case RUN_FINISHED -> finished = RunStatus.valueOf(d.string("status"));
            case RUN_REOPENED -> finished = null;
            default -> {}
        }
    }

    private StepRun moved(String id) {
        waits.remove(id);
        return run(id);
    }

    private void settled(String id, Params d) {
        if (d.string("as").equals("DONE")) {
            moved(id).applied(id, Params.empty());
        } else {
            moved(id).replanned(id, "settled");
        }
    }

    private void stop(Params d) {
        if (stopCause == null) {
            stopCause = Finding.fromDocument(d.object("finding"));
            cancelled = d.flag("cancelled");
            backRequested = d.flag("back");
        }
    }

    private void startReturn(Params d) {
        Return way = WayBack.of(
                this,
                d.string("scope"),
                d.flag("closeOnly"),
                d.flag("cancelled"),
                Finding.fromDocument(d.object("finding")));
        returns.add(way);
        addSteps(way.steps());
        stopCause = null;
        backRequested = false;
    }

    /**
     * A step's parameters with references to journalled facts filled in.
     *
     * @throws GdsDatabaseException with code {@code GDS-REFERENCE} when a fact is not there
     */
    Params resolved(RunStep step) {
        return References.resolve(step.params(), (id, key) -> {
            StepRun r = runs.get(id);
            Params facts = r == null ? Params.empty() : r.facts();
            return facts.optionalString(key).orElseThrow(() -> GdsDatabaseException.plugin("GDS-REFERENCE")
                    .message("step " + step.id() + " refers to fact \"" + key + "\" of step " + id
                            + ", which did not journal it; it has "
                            + facts.asMap().keySet() + ".")
                    .remedy("correct the procedure that made the plan.")
                    .build());
        });
    }

    /** The facts of the opening that a step closes; those of the step that it undoes, as they were first, for others. */
    Params openingFacts(RunStep s) {
        Step source = s.source();
        if (!s.closes() || source.bracket().isEmpty()) {
            return firstFacts(s);
        }
        return brackets().latest(source.isCloser() ? graph.openerOf(source) : source);
    }

    /** The facts of the step that this one undoes or closes, as they were first. */
    Params firstFacts(RunStep s) {
        Step source = s.source();
        if (source.isCloser()) {
            return s.back() ? step(source.id()).firstFacts() : brackets().preImage(graph.openerOf(source));
        }
        if (!s.back()) {
            return Params.empty();
        }
        return source.isOpener()
                ? brackets().preImage(source)
                : step(source.id()).firstFacts();
    }
}
