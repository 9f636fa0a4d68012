package io.gds.database.core.internal.report;

import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What the availability probe measured, over all processes that drove the run. */
final class Writes {
    /**
     * A stretch in which no write was acknowledged.
     *
     * @param at its begin
     * @param length its length
     */
    record Gap(Instant at, Duration length) {
        Interval time() {
            return new Interval(at, at.plus(length));
        }
    }

    /**
     * How far a member trailed.
     *
     * @param at when
     * @param amount how much
     * @param unit of what
     */
    record Sample(Instant at, long amount, String unit) {}

    private final Params report;
    private final List<Gap> gaps;
    private final Map<String, List<Sample>> lag;

    private Writes(Params report, List<Gap> gaps, Map<String, List<Sample>> lag) {
        this.report = report;
        this.gaps = List.copyOf(gaps);
        this.lag = lag;
    }

    static Writes of(List<RunEvent> events) {
        Params report = Params.empty();
        List<Gap> gaps = new ArrayList<>();
        Map<String, List<Sample>> lag = new TreeMap<>();
        for (RunEvent e : events) {
            if (e.type() == RunEvent.Type.PROBE_REPORT) {
                Params latest = Data.object(e.data(), "report");
                report = latest.isEmpty() ? report : latest;
                Data.objects(e.data(), "gaps").forEach(g -> gap(g, gaps));
                Data.objects(e.data(), "lag").forEach(l -> sample(l, lag));
            }
        }
        gaps.sort(Comparator.comparing(Gap::at));
        lag.values().forEach(l -> l.sort(Comparator.comparing(Sample::at)));
        return new Writes(report, gaps, lag);
    }

    private static void gap(Params g, List<Gap> into) {
        Optional<Instant> at = Data.instant(g, "at");
        OptionalLong ms = Data.number(g, "ms");
        if (at.isPresent() && ms.isPresent() && ms.getAsLong() >= 0) {
            into.add(new Gap(at.get(), Duration.ofMillis(ms.getAsLong())));
        }
    }

    private static void sample(Params l, Map<String, List<Sample>> into) {
        Optional<Instant> at = Data.instant(l, "at");
        OptionalLong amount = Data.number(l, "amount");
        if (at.isPresent() && amount.isPresent()) {
            into.computeIfAbsent(Data.text(l, "member"), m -> new ArrayList<>())
                    .add(new Sample(at.get(), amount.getAsLong(), Data.text(l, "unit")));
        }
    }

    boolean measured() {
        return !report.isEmpty() || !gaps.isEmpty();
    }

    /** One of the counters of {@code WriteReport}. */
    OptionalLong count(String key) {
        return Data.number(report, key);
    }

    Optional<Duration> time(String key) {
        return Data.duration(report, key);
    }

    Optional<Duration> longestGap() {
        return time("longestGap").or(() -> gaps.stream().map(Gap::length).max(Comparator.naturalOrder()));
    }

    /** Whether acknowledged writes are missing or there twice: the promise broken. */
    boolean broken() {
        return count("lost").orElse(0) > 0 || count("doubled").orElse(0) > 0;
    }

    List<Gap> gaps() {
        return gaps;
    }

    Map<String, List<Sample>> lag() {
        return lag;
    }
}
