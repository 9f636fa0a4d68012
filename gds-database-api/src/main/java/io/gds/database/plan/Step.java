package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The smallest journalled unit of a plan. Immutable data; what it does is in the handler of its action. */
public final class Step {
    private final StepId id;
    private final ActionId action;
    private final String target;
    private final String title;
    private final Params params;
    private final Set<StepId> after;
    private final String lane;
    private final OnFailure onFailure;
    private final Map<String, Integer> locks;
    private final Duration timeout;
    private final Retry retry;
    private final int maxPasses;
    private final @Nullable Undo undo;
    private final @Nullable BracketEnd bracket;
    private final @Nullable Gate gate;
    private final boolean seal;
    private final @Nullable Condition when;
    private final @Nullable StepId onlyBack;

    private Step(Builder b) {
        this.id = b.id;
        this.action = b.action;
        this.target = b.target;
        this.title = b.title.isEmpty() ? b.action.name() + " " + b.target : b.title;
        this.params = b.params;
        this.after = Set.copyOf(b.after);
        this.lane = b.lane.isEmpty() ? b.target : b.lane;
        this.onFailure = b.onFailure;
        this.locks = Map.copyOf(b.locks);
        this.timeout = b.timeout;
        this.retry = b.retry;
        this.maxPasses = b.maxPasses;
        this.undo = b.undo;
        this.bracket = b.bracket;
        this.gate = b.gate;
        this.seal = b.seal;
        this.when = b.when;
        this.onlyBack = b.onlyBack;
    }

    /** Starts a step that acts on a target: a member's name, or {@code cluster}. */
    public static Builder of(String id, String action, String target) {
        return new Builder(StepId.of(id), ActionId.of(action), target);
    }

    /** Re-opens the step for changes. */
    public Builder toBuilder() {
        Builder b = new Builder(id, action, target);
        b.title = title;
        b.params = params;
        b.after.addAll(after);
        b.lane = lane;
        b.onFailure = onFailure;
        b.locks.putAll(locks);
        b.timeout = timeout;
        b.retry = retry;
        b.maxPasses = maxPasses;
        b.undo = undo;
        b.bracket = bracket;
        b.gate = gate;
        b.seal = seal;
        b.when = when;
        b.onlyBack = onlyBack;
        return b;
    }

    /** Its name within the plan. */
    public StepId id() {
        return id;
    }

    /** What it does. */
    public ActionId action() {
        return action;
    }

    /** On what: a member's name, or {@code cluster}. */
    public String target() {
        return target;
    }

    /** One line for people. */
    public String title() {
        return title;
    }

    /** Its parameters; may hold references to facts of earlier steps. */
    public Params params() {
        return params;
    }

    /** The steps that must be done before. */
    public Set<StepId> after() {
        return after;
    }

    /** The failure scope it belongs to. */
    public String lane() {
        return lane;
    }

    /** What its failure means for others. */
    public OnFailure onFailure() {
        return onFailure;
    }

    /** Permits it holds while it runs, by lock name. */
    public Map<String, Integer> locks() {
        return locks;
    }

    /** How long from intent to verified, waits included. */
    public Duration timeout() {
        return timeout;
    }

    /** How often it may be tried when proven not done. */
    public Retry retry() {
        return retry;
    }

    /** How many passes of prepare and apply {@code verify} may ask for. */
    public int maxPasses() {
        return maxPasses;
    }

    /** How its effect is taken back; empty for a step without an effect and for a closer. */
    public Optional<Undo> undo() {
        return Optional.ofNullable(undo);
    }

    /** The bracket it opens or closes. */
    public Optional<BracketEnd> bracket() {
        return Optional.ofNullable(bracket);
    }

    /** What must open before it begins. */
    public Optional<Gate> gate() {
        return Optional.ofNullable(gate);
    }

    /** Whether there is no way back behind it. */
    public boolean isSeal() {
        return seal;
    }

    /** The choice that it belongs to; empty for a step that always takes part. */
    public Optional<Condition> when() {
        return Optional.ofNullable(when);
    }

    /**
     * The step whose taking back needs this one; empty for most steps. Such a step is skipped on the way there. On the
     * way back its undo runs, or its bracket is opened and closed, when the other step had an effect. Since the way back
     * mirrors the edges, it then comes after everything that stands behind it in the plan.
     */
    public Optional<StepId> onlyBack() {
        return Optional.ofNullable(onlyBack);
    }

    /** Whether it opens a bracket. */
    public boolean isOpener() {
        return bracket != null && bracket.side() == BracketEnd.Side.OPENS;
    }

    /** Whether it closes a bracket. */
    public boolean isCloser() {
        return bracket != null && bracket.side() == BracketEnd.Side.CLOSES;
    }

    /** The step as the plan's document holds it; all of it counts for the hash. */
    Params document() {
        Params doc = Params.of("id", id.value(), "action", action.toString(), "target", target)
                .with("title", title)
                .with("params", params)
                .with("after", new TreeSet<>(after).stream().map(StepId::value).toList())
                .with("lane", lane)
                .with("onFailure", onFailure)
                .with("locks", new TreeMap<>(locks))
                .with("timeout", timeout)
                .with("retry", Params.of("attempts", retry.attempts(), "backoff", retry.backoff()))
                .with("maxPasses", maxPasses)
                .with("seal", seal);
        if (undo != null) {
            doc = doc.with("undo", Params.of("action", undo.action().toString(), "params", undo.params()));
        }
        if (bracket != null) {
            doc = doc.with(
                    "bracket",
                    Params.of("name", bracket.bracket(), "side", bracket.side(), "urgency", bracket.urgency()));
        }
        if (when != null) {
            doc = doc.with("when", when.document());
        }
        if (onlyBack != null) {
            doc = doc.with("onlyBack", onlyBack.value());
        }
        return gate == null
                ? doc
                : doc.with("gate", Params.of("name", gate.name(), "rule", GateDocument.write(gate.rule())));
    }

    static Step fromDocument(Params doc) {
        Builder b = of(doc.string("id"), doc.string("action"), doc.string("target"))
                .title(doc.string("title"))
                .params(doc.object("params"))
                .lane(doc.string("lane"))
                .onFailure(OnFailure.valueOf(doc.string("onFailure")))
                .timeout(doc.duration("timeout"))
                .retry(new Retry(
                        Math.toIntExact(doc.object("retry").integer("attempts")),
                        doc.object("retry").duration("backoff")))
                .maxPasses(Math.toIntExact(doc.integer("maxPasses")));
        doc.strings("after").forEach(s -> b.after(StepId.of(s)));
        Params locks = doc.object("locks");
        locks.asMap().keySet().forEach(l -> b.lock(l, Math.toIntExact(locks.integer(l))));
        if (doc.flag("seal")) {
            b.seal();
        }
        if (doc.has("undo")) {
            Params u = doc.object("undo");
            b.undo(new Undo(ActionId.of(u.string("action")), u.object("params")));
        }
        if (doc.has("bracket")) {
            Params k = doc.object("bracket");
            b.bracket(new BracketEnd(
                    k.string("name"), BracketEnd.Side.valueOf(k.string("side")), Urgency.valueOf(k.string("urgency"))));
        }
        if (doc.has("gate")) {
            Params g = doc.object("gate");
            b.gate(new Gate(g.string("name"), GateDocument.read(g.object("rule"))));
        }
        if (doc.has("when")) {
            b.when(Condition.fromDocument(doc.object("when")));
        }
        doc.optionalString("onlyBack").map(StepId::of).ifPresent(b::onlyBack);
        return b.build();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Step s && s.document().equals(document());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id + " " + action + " " + target;
    }

    /** Collects a step. Not thread-safe. */
    public static final class Builder {
        private final StepId id;
        private final ActionId action;
        private final String target;
        private String title = "";
        private Params params = Params.empty();
        private final Set<StepId> after = new LinkedHashSet<>();
        private String lane = "";
        private OnFailure onFailure = OnFailure.STOP_RUN;
        private final Map<String, Integer> locks = new TreeMap<>();
        private Duration timeout = Duration.ofMinutes(10);
        private Retry retry = Retry.never();
        private int maxPasses = 3;
        private @Nullable Undo undo;
        private @Nullable BracketEnd bracket;
        private @Nullable Gate gate;
        private boolean seal;
        private @Nullable Condition when;
        private @Nullable StepId onlyBack;

        Builder(StepId id, ActionId action, String target) {
            this.id = id;
            this.action = action;
            this.target = requireNonNull(target, "target");
        }

        /** One line for people; by default action and target. */
        public Builder title(String line) {
            this.title = requireNonNull(line, "line");
            return this;
        }

        /** Replaces the parameters. */
        public Builder params(Params values) {
            this.params = requireNonNull(values, "values");
            return this;
        }

        /** Adds a parameter. */
        public Builder param(String key, Object value) {
            this.params = params.with(key, value);
            return this;
        }

        /** Adds steps that must be done before. */
        public Builder after(StepId... steps) {
            after.addAll(Set.of(steps));
            return this;
        }

        /** Adds a step that must be done before. */
        public Builder after(StepId step) {
            after.add(requireNonNull(step, "step"));
            return this;
        }

        /** Names the failure scope; by default the target. */
        public Builder lane(String name) {
            this.lane = requireNonNull(name, "name");
            return this;
        }

        /** What a failure means; by default the run stops. */
        public Builder onFailure(OnFailure scope) {
            this.onFailure = requireNonNull(scope, "scope");
            return this;
        }

        /** Holds permits of a counted lock while it runs. */
        public Builder lock(String name, int permits) {
            locks.put(requireNonNull(name, "name"), permits);
            return this;
        }

        /** How long from intent to verified; 10 minutes by default. */
        public Builder timeout(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException(
                        "timeout of step " + id + ": expected more than zero, found " + limit);
            }
            this.timeout = limit;
            return this;
        }

        /** How often it may be tried; once by default. */
        public Builder retry(Retry rule) {
            this.retry = requireNonNull(rule, "rule");
            return this;
        }

        /** How many passes {@code verify} may ask for; 3 by default. */
        public Builder maxPasses(int passes) {
            if (passes < 1) {
                throw new IllegalArgumentException("passes of step " + id + ": expected 1 or more, found " + passes);
            }
            this.maxPasses = passes;
            return this;
        }

        /** How the effect is taken back. */
        public Builder undo(Undo how) {
            this.undo = requireNonNull(how, "how");
            return this;
        }

        /** How the effect is taken back. */
        public Builder undo(String undoAction, Params undoParams) {
            return undo(new Undo(ActionId.of(undoAction), undoParams));
        }

        /** Makes the step an end of a bracket. */
        public Builder bracket(BracketEnd end) {
            this.bracket = requireNonNull(end, "end");
            return this;
        }

        /** Opens a bracket that may last. */
        public Builder opens(String name) {
            return bracket(new BracketEnd(name, BracketEnd.Side.OPENS, Urgency.CALM));
        }

        /** Closes a bracket that may last. */
        public Builder closes(String name) {
            return bracket(new BracketEnd(name, BracketEnd.Side.CLOSES, Urgency.CALM));
        }

        /** What must open before the step begins. */
        public Builder gate(Gate condition) {
            this.gate = requireNonNull(condition, "condition");
            return this;
        }

        /** Marks that there is no way back behind this step. */
        public Builder seal() {
            this.seal = true;
            return this;
        }

        /** Makes the step depend on a late choice. */
        public Builder when(Condition choice) {
            this.when = requireNonNull(choice, "choice");
            return this;
        }

        /** Keeps the step for the way back of a later step's effect. */
        public Builder onlyBack(StepId of) {
            this.onlyBack = requireNonNull(of, "of");
            return this;
        }

        /** Makes the step. */
        public Step build() {
            return new Step(this);
        }
    }
}
