package io.gds.engine.mssql.internal.build;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.spi.JsonReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the build index that dbatools publishes ({@code dbatools-buildref-index.json}): rows in ascending order, in which the
 * family's name, the service pack and the end of support stand once and hold for the rows that follow. Previews, which stand
 * before the release of a family, are left out: nobody patches from or to one.
 */
public final class CatalogueReader {
    private static final String RELEASE = "RTM";
    private static final String LATEST = "LATEST";

    private final List<Problem> problems = new ArrayList<>();
    private final Map<Build, KnownBuild> builds = new HashMap<>();
    private @Nullable Build family;
    private String servicePack = "";
    private @Nullable String cumulativeUpdate;
    private @Nullable LocalDate supportedUntil;

    private CatalogueReader() {}

    /**
     * Reads an index.
     *
     * @param source where the text comes from, for messages
     * @param json the text
     * @throws InvalidSpecException with every mistake
     */
    public static BuildCatalogue read(String source, String json) {
        CatalogueReader reader = new CatalogueReader();
        BuildCatalogue catalogue = reader.catalogue(json);
        if (!reader.problems.isEmpty()) {
            throw new InvalidSpecException(source, reader.problems);
        }
        return catalogue;
    }

    private BuildCatalogue catalogue(String json) {
        Map<String, ?> index;
        try {
            index = JsonReader.object(json);
        } catch (IllegalArgumentException e) {
            wrong("", String.valueOf(e.getMessage()), "the JSON of a build index");
            return new BuildCatalogue(List.of(), Instant.EPOCH);
        }
        Instant updatedAt = day(index, "/LastUpdated", "LastUpdated")
                .map(d -> d.atStartOfDay(ZoneOffset.UTC).toInstant())
                .orElse(Instant.EPOCH);
        if (index.get("Data") instanceof List<?> rows && !rows.isEmpty()) {
            for (int i = 0; i < rows.size(); i++) {
                row("/Data/" + i, rows.get(i));
            }
        } else {
            wrong("/Data", "no rows", "a list with a row for each build");
        }
        return new BuildCatalogue(builds.values(), updatedAt);
    }

    private void row(String at, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> row)) {
            wrong(at, "something else", "an object");
            return;
        }
        Optional<Build> build = text(row, at, "Version").flatMap(v -> {
            Optional<Build> read = Build.parse(v);
            if (read.isEmpty()) {
                wrong(at + "/Version", "\"" + v + "\"", "three numbers such as 16.0.4165");
            }
            return read;
        });
        if (build.isEmpty()) {
            if (row.get("Version") == null) {
                wrong(at + "/Version", "nothing", "three numbers such as 16.0.4165");
            }
            return;
        }
        boolean firstOfPack = startsPack(build.get(), row, at);
        Optional<String> named = text(row, at, "CU");
        named.ifPresent(cu -> cumulativeUpdate = cu);
        Channel channel = channel(build.get(), firstOfPack, named.isPresent());
        day(row, at + "/SupportedUntil", "SupportedUntil").ifPresent(until -> supportedUntil = until);
        KnownBuild known = new KnownBuild(
                build.get(),
                servicePack.isEmpty() ? RELEASE : servicePack,
                channel.isCumulative() ? Optional.ofNullable(cumulativeUpdate) : Optional.empty(),
                channel,
                list(row, at, "KBList"),
                day(row, at + "/ReleaseDate", "ReleaseDate"),
                Optional.ofNullable(supportedUntil),
                flag(row, at, "Retired"));
        builds.merge(build.get(), known, CatalogueReader::together);
    }

    /**
     * Two rows may have the same three numbers, by a fourth one that tells them apart or by a slip of the list. They are one
     * build: with the articles of both and the later day, and taken back when one of them was.
     */
    private static KnownBuild together(KnownBuild first, KnownBuild second) {
        return new KnownBuild(
                first.build(),
                first.servicePack(),
                first.cumulativeUpdate().or(second::cumulativeUpdate),
                first.channel(),
                Stream.concat(first.articles().stream(), second.articles().stream())
                        .distinct()
                        .toList(),
                Stream.concat(first.released().stream(), second.released().stream())
                        .max(Comparator.naturalOrder()),
                first.supportedUntil(),
                first.retired() || second.retired());
    }

    /** Whether a new family or service pack begins with this row. */
    private boolean startsPack(Build build, Map<?, ?> row, String at) {
        boolean newFamily = family == null || !family.sameFamily(build);
        if (newFamily) {
            family = build;
            servicePack = "";
            cumulativeUpdate = null;
            supportedUntil = null;
        }
        Optional<String> pack =
                list(row, at, "SP").stream().filter(sp -> !sp.equals(LATEST)).findFirst();
        boolean newPack = pack.isPresent() && !pack.get().equals(servicePack);
        if (newPack) {
            servicePack = pack.get();
            cumulativeUpdate = null;
        }
        if (newPack && servicePack.equals(RELEASE)) {
            builds.keySet().removeIf(build::sameFamily);
        }
        return newPack;
    }

    /** A row behind a cumulative update that names none is a security update on top of it; before the first one, on the pack. */
    private Channel channel(Build build, boolean firstOfPack, boolean namesUpdate) {
        if (build.isAzureConnect()) {
            return Channel.AZURE_CONNECT;
        }
        if (namesUpdate) {
            return Channel.CU;
        }
        if (firstOfPack) {
            return Channel.BASELINE;
        }
        if (build.hasRanges() && !build.isInCumulativeRange()) {
            return Channel.GDR;
        }
        if (cumulativeUpdate == null) {
            // The list takes the name from an update that was taken back, even from the first one.
            return build.isInCumulativeRange() ? Channel.CU : Channel.GDR;
        }
        return Channel.CU_GDR;
    }

    private Optional<String> text(Map<?, ?> row, String at, String key) {
        @Nullable Object value = row.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String s) {
            return Optional.of(s);
        }
        wrong(at + "/" + key, "something else", "a text");
        return Optional.empty();
    }

    private boolean flag(Map<?, ?> row, String at, String key) {
        @Nullable Object value = row.get(key);
        if (value != null && !(value instanceof Boolean)) {
            wrong(at + "/" + key, "something else", "true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    private List<String> list(Map<?, ?> row, String at, String key) {
        @Nullable Object value = row.get(key);
        List<?> many = value instanceof List<?> l ? l : value == null ? List.of() : List.of(value);
        List<String> texts = new ArrayList<>();
        for (Object each : many) {
            if (each instanceof String s) {
                texts.add(s);
            } else {
                wrong(at + "/" + key, "something else", "a text or a list of texts");
            }
        }
        return texts;
    }

    private Optional<LocalDate> day(Map<?, ?> row, String at, String key) {
        @Nullable Object value = row.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String s) {
            for (Function<String, LocalDate> shape : SHAPES) {
                try {
                    return Optional.of(shape.apply(s));
                } catch (DateTimeException e) {
                    // The next shape, or the complaint.
                }
            }
        }
        wrong(at, value instanceof String s ? "\"" + s + "\"" : "something else", "a day such as 2026-03-12");
        return Optional.empty();
    }

    private static final List<Function<String, LocalDate>> SHAPES =
            List.of(LocalDate::parse, s -> LocalDateTime.parse(s).toLocalDate(), s -> LocalDateTime.parse(
                            s, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toLocalDate());

    private void wrong(String pointer, String found, String expected) {
        problems.add(new Problem(pointer, pointer.substring(pointer.lastIndexOf('/') + 1), found, expected));
    }
}
