package io.gds.engine.postgres.internal.patroni.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Answers recorded from real Patroni clusters of three members with PostgreSQL 15.18. */
final class Samples {
    static final String[] VERSIONS = {"3.0.2", "3.3.6", "4.0.6", "4.1.0"};

    private Samples() {}

    static String text(String version, String name) {
        String path = "/patroni/" + version + "/" + name + ".json";
        try (InputStream in = requireNonNull(Samples.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject json(String version, String name) {
        String text = text(version, name);
        return JsonObject.parse(version + " " + name, text, text);
    }

    static NodeStatus status(String version, String name) {
        return NodeStatus.of(json(version, name));
    }

    static ClusterView cluster(String version, String name) {
        return ClusterView.of(json(version, name));
    }
}
