package io.gds.engine.mssql.internal.windows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The scripts of this package, as they stand in its resources. */
final class ScriptText {
    private ScriptText() {}

    /** A script with its comments, as it is laid on a host. */
    static String whole(String name) {
        try (InputStream in = ScriptText.class.getResourceAsStream(name + ".ps1")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("reading a resource of our own", e);
        }
    }

    /** A script without lines that only comment, for where every character counts. */
    static String bare(String name) {
        return whole(name)
                .lines()
                .filter(line -> !line.strip().startsWith("#") && !line.isBlank())
                .collect(Collectors.joining("\n"));
    }
}
