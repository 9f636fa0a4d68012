package io.gds.engine.mssql.internal.mapping;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts of mappings: the example that users get, and small ones with one thing said otherwise. */
final class Mappings {
    static final String FILE = "{\"filename\":\"a.exe\",\"path\":\"2022/\",\"order\":1}";
    static final String ENTRY =
            "{\"version_family\":\"2022\",\"min_build\":\"16.0.4003.1\",\"target_build\":\"16.0.4165.4\","
                    + "\"files\":[" + FILE + "]}";

    private Mappings() {}

    static String example() {
        String name = "hotfix_mapping.example.json";
        try (InputStream in = requireNonNull(Mappings.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole mapping with these entries. */
    static String of(String... entries) {
        return "{\"schema_version\":1,\"mappings\":[" + String.join(",", entries) + "]}";
    }

    /** The usual entry, in which one piece of text is said otherwise. */
    static String entry(String piece, String otherwise) {
        return changed(ENTRY, piece, otherwise);
    }

    /** A mapping of the usual entry, in whose only file one piece of text is said otherwise. */
    static String file(String piece, String otherwise) {
        return of(entry(FILE, changed(FILE, piece, otherwise)));
    }

    /** A mapping whose only file has parameters. */
    static String parameters(String parameters) {
        return file("\"order\":1", "\"order\":1,\"parameters\":\"" + parameters + "\"");
    }

    /** An entry of 2016 that only differs in its builds and edition. */
    static String sixteen(String minimum, String target, String edition) {
        String filter = edition.isEmpty() ? "" : "\"edition_filter\":\"" + edition + "\",";
        return "{\"version_family\":\"2016\"," + filter + "\"min_build\":\"" + minimum + "\",\"target_build\":\""
                + target
                + "\",\"description\":\""
                + Stream.of(edition, "to", target).filter(s -> !s.isEmpty()).collect(Collectors.joining(" "))
                + "\",\"files\":[" + FILE + "]}";
    }

    private static String changed(String text, String piece, String otherwise) {
        if (!text.contains(piece)) {
            throw new IllegalArgumentException(text + " has no " + piece);
        }
        return text.replace(piece, otherwise);
    }
}
