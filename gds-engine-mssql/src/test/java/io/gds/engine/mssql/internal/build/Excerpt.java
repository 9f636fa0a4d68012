package io.gds.engine.mssql.internal.build;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Rows as they stand in the index that dbatools publishes, with what is odd about them. */
final class Excerpt {
    /** A day on which the list is fresh. */
    static final Clock TODAY = clock("2026-09-20");

    private static final String NAME = "dbatools-buildref-index.excerpt.json";

    private Excerpt() {}

    static BuildCatalogue catalogue() {
        return CatalogueReader.read(NAME, text());
    }

    static Clock clock(String day) {
        return Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC);
    }

    private static String text() {
        try (InputStream in = requireNonNull(Excerpt.class.getResourceAsStream(NAME), NAME)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
