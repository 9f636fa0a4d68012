package io.gds.samples.quickstart;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engines that can be shown. */
enum EngineName {
    POSTGRES("SELECT count(*) FROM load"),
    MONGO("{\"count\": \"load\"}");

    private final String smokeQuery;

    EngineName(String smokeQuery) {
        this.smokeQuery = smokeQuery;
    }

    static EngineName parse(String name) {
        return Stream.of(values())
                .filter(e -> e.argument().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("--engine: found \"" + name + "\", expected " + known(" or ")));
    }

    static String known(String between) {
        return Stream.of(values()).map(EngineName::argument).collect(Collectors.joining(between));
    }

    String argument() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What must succeed on the patched clone. */
    String smokeQuery() {
        return smokeQuery;
    }
}
