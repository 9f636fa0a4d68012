package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Expected durations that stand beside a plan, outside its hash. Immutable. */
public final class Estimates {
    private static final Estimates NONE = new Estimates("", Map.of(), null, null);

    private final String source;
    private final Map<StepId, Duration> steps;
    private final @Nullable Duration writeGap;
    private final @Nullable TurnForecast turns;

    private Estimates(
            String source, Map<StepId, Duration> steps, @Nullable Duration writeGap, @Nullable TurnForecast turns) {
        this.source = requireNonNull(source, "source");
        this.steps = Map.copyOf(steps);
        this.writeGap = writeGap;
        this.turns = turns;
    }

    /** Nothing is known. */
    public static Estimates none() {
        return NONE;
    }

    /**
     * Measured durations.
     *
     * @param source where they were measured, for example {@code rehearsal 3f2a}
     * @param steps duration by step
     */
    public static Estimates of(String source, Map<StepId, Duration> steps) {
        return new Estimates(source, steps, null, null);
    }

    /** These estimates with an expected longest write gap. */
    public Estimates withWriteGap(Duration gap) {
        return new Estimates(source, steps, requireNonNull(gap, "gap"), turns);
    }

    /** These estimates with what is expected of the primary's turn. */
    public Estimates withTurns(TurnForecast forecast) {
        return new Estimates(source, steps, writeGap, requireNonNull(forecast, "forecast"));
    }

    /** Where the figures come from; empty when there are none. */
    public String source() {
        return source;
    }

    /** The expected duration of a step. */
    public Optional<Duration> of(StepId step) {
        return Optional.ofNullable(steps.get(step));
    }

    /** The sum of all known steps. */
    public Duration total() {
        return steps.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** The expected longest write gap. */
    public Optional<Duration> writeGap() {
        return Optional.ofNullable(writeGap);
    }

    /** The write gaps to expect of the two ways of the primary's turn; empty when there is no choice. */
    public Optional<TurnForecast> turns() {
        return Optional.ofNullable(turns);
    }

    Params document() {
        Map<String, Object> out = new TreeMap<>();
        steps.forEach((k, v) -> out.put(k.value(), v.toString()));
        Params doc = Params.of("source", source, "steps", out);
        doc = turns == null ? doc : doc.with("turns", turns.document());
        return writeGap == null ? doc : doc.with("writeGap", writeGap);
    }

    static Estimates fromDocument(Params doc) {
        Map<StepId, Duration> steps = new TreeMap<>();
        Params s = doc.object("steps");
        s.asMap().keySet().forEach(k -> steps.put(StepId.of(k), s.duration(k)));
        return new Estimates(
                doc.optionalString("source").orElse(""),
                steps,
                doc.has("writeGap") ? doc.duration("writeGap") : null,
                doc.has("turns") ? TurnForecast.fromDocument(doc.object("turns")) : null);
    }
}
