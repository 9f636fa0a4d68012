package io.gds.engine.mongo.internal.upgrade;

import io.gds.engine.mongo.internal.client.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/** The legal steps between series, read from a data file, and the shortest way over them. Immutable. */
public final class VersionPath {
    private static final String FILE = "version-path.json";

    private final List<Hop> hops;
    private final Series confirmFrom;
    private final Series dryRunFrom;
    private final Map<Series, LocalDate> supportEnds;

    private VersionPath(Answer file) {
        this.hops = file.objects("edges").stream()
                .map(e -> new Hop(
                        series(e, "from"),
                        series(e, "to"),
                        Hop.WayBack.valueOf(e.text("wayBack").orElse("vendor").toUpperCase(Locale.ROOT))))
                .toList();
        this.confirmFrom = series(file, "confirmFrom");
        this.dryRunFrom = series(file, "dryRunFrom");
        Map<Series, LocalDate> ends = new HashMap<>();
        Answer written = file.object("supportEnds");
        written.keys().forEach(k -> written.text(k).ifPresent(d -> ends.put(Series.parse(k), LocalDate.parse(d))));
        this.supportEnds = Map.copyOf(ends);
    }

    private static Series series(Answer a, String key) {
        return Series.parse(
                a.text(key).orElseThrow(() -> new IllegalStateException(FILE + ": no " + key + " in " + a)));
    }

    /** The one that comes with this engine. */
    public static VersionPath read() {
        try (InputStream in = VersionPath.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return new VersionPath(Answer.of(Document.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new IllegalStateException("reading " + FILE, e);
        }
    }

    /**
     * The way with the fewest steps; of several the one whose steps lead furthest at first.
     *
     * @return empty when there is none, and an empty list when both are the same
     */
    public Optional<List<Hop>> way(Series from, Series to) {
        Map<Series, List<Hop>> reached = new HashMap<>(Map.of(from, List.of()));
        Deque<Series> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Series at = open.remove();
            List<Hop> way = reached.getOrDefault(at, List.of());
            if (at.equals(to)) {
                return Optional.of(way);
            }
            hops.stream()
                    .filter(h -> h.from().equals(at) && !reached.containsKey(h.to()))
                    .sorted(Comparator.comparing(Hop::to).reversed())
                    .forEach(h -> {
                        List<Hop> longer = new ArrayList<>(way);
                        longer.add(h);
                        reached.put(h.to(), List.copyOf(longer));
                        open.add(h.to());
                    });
        }
        return Optional.empty();
    }

    /** Where one can get to from a series in one step. */
    public List<Series> next(Series from) {
        return hops.stream()
                .filter(h -> h.from().equals(from))
                .map(Hop::to)
                .sorted()
                .toList();
    }

    /** Whether servers of this series want {@code confirm: true}; earlier ones refuse it as an unknown field. */
    public boolean wantsConfirm(Series server) {
        return server.isFrom(confirmFrom);
    }

    /** Whether servers of this series can try the change of compatibility without making it. */
    public boolean hasDryRun(Series server) {
        return server.isFrom(dryRunFrom);
    }

    /** Until when the vendor supports a series; empty when that is not known. */
    public Optional<LocalDate> supportEnds(Series series) {
        return Optional.ofNullable(supportEnds.get(series));
    }
}
