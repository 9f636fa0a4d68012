package io.gds.engine.postgres.internal.catalogue;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.JsonReader;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What release notes say of minor versions, as data: versions to refuse, and what must be done when a version is crossed.
 * Whether something must be done in this cluster is asked of the cluster, by the finder query of the entry.
 */
public final class MinorCatalogue {
    private static final String RESOURCE = "minor-versions.json";

    private final Params data;

    private MinorCatalogue(Params data) {
        this.data = data;
    }

    /** The catalogue that this release ships. */
    public static MinorCatalogue load() {
        try (InputStream in = MinorCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE, e);
        }
    }

    static MinorCatalogue of(String json) {
        Params p = Params.of(JsonReader.object(json));
        if (p.integer("format") != 1) {
            throw new IllegalArgumentException("catalogue format " + p.integer("format") + ", expected 1");
        }
        return new MinorCatalogue(p);
    }

    /** The day the catalogue was written. */
    public String edition() {
        return data.string("edition");
    }

    /** Why a version is refused; empty when it is not. */
    public Optional<Finding> refused(EngineVersion target) {
        for (Params bad : data.objects("refused")) {
            for (String v : bad.strings("versions")) {
                if (EngineVersion.parse(v).sameRelease(target)) {
                    return Optional.of(Finding.block(
                            bad.string("id"),
                            target.toString(),
                            bad.string("why"),
                            "a version without that defect",
                            "use " + bad.string("instead") + "."));
                }
            }
        }
        return Optional.empty();
    }

    /** What the way from one minor to another asks for, as far as this cluster has anything that it concerns. */
    public List<Finding> findings(EngineVersion from, EngineVersion to, PostgresEngine engine) {
        List<Finding> out = new ArrayList<>();
        refused(to).ifPresent(out::add);
        newer(to).ifPresent(out::add);
        if (to.compareTo(from) < 0) {
            out.add(Finding.ack(
                    "PG-DOWNGRADE",
                    engine.name(),
                    from + " runs",
                    "a newer version than " + to,
                    "make sure that the release notes between them allow the way back."));
        }
        for (Params step : data.objects("steps")) {
            if (crosses(step.strings("crossed"), from, to)) {
                affected(step, engine).ifPresent(out::add);
            }
        }
        return out;
    }

    private Optional<Finding> newer(EngineVersion to) {
        String major = Long.toString(to.number(0));
        Params newest = data.object("newest");
        boolean known =
                newest.has(major) && EngineVersion.parse(newest.string(major)).compareTo(to.withoutRevision()) >= 0;
        return known
                ? Optional.empty()
                : Optional.of(Finding.warn(
                        "PG-UNKNOWN-MINOR",
                        to.toString(),
                        "newer than this catalogue of " + edition(),
                        "a version that the catalogue knows",
                        "read its release notes for steps after the patch."));
    }

    static boolean crosses(List<String> versions, EngineVersion from, EngineVersion to) {
        return versions.stream()
                .map(EngineVersion::parse)
                .anyMatch(v -> v.number(0) == to.number(0)
                        && from.withoutRevision().compareTo(v) < 0
                        && v.compareTo(to.withoutRevision()) <= 0);
    }

    private static Optional<Finding> affected(Params step, PostgresEngine engine) {
        List<String> rows;
        try {
            rows = engine.connections().onPrimary(s -> s.query(step.string("finder"), r -> r.text("what")));
        } catch (GdsDatabaseException e) {
            rows = List.of("could not be asked: " + e.getMessage());
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        String first = String.join(", ", rows.subList(0, Math.min(10, rows.size())));
        return Optional.of(Finding.warn(
                step.string("id"),
                engine.name(),
                step.string("what") + ": " + rows.size() + " here (" + first + ")",
                "to be done after the patch",
                step.string("fixer") + "."));
    }
}
