package io.gds.engine.mssql;

import static java.util.Objects.requireNonNull;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Catalogues of builds as files, for tests of every package. */
public final class PolicyFiles {
    /** Rows as they stand in the index that dbatools publishes. */
    public static final Path CATALOGUE = file("internal/build/dbatools-buildref-index.excerpt.json");

    private PolicyFiles() {}

    private static Path file(String name) {
        URL url = requireNonNull(PolicyFiles.class.getResource(name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
