package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

/**
 * Enough to open a cluster again from any process: its engine and its spec, with secrets by reference.
 *
 * @param engine the engine's id, for example {@code postgres}
 * @param name the cluster's name, unique within a journal
 * @param spec the engine's part of the cluster spec
 */
public record ClusterRef(String engine, String name, Params spec) {
    /** Checks the parts. */
    public ClusterRef {
        requireNonNull(engine, "engine");
        requireNonNull(name, "name");
        requireNonNull(spec, "spec");
    }

    Params document() {
        return Params.of("engine", engine, "name", name, "spec", spec);
    }

    static ClusterRef fromDocument(Params doc) {
        return new ClusterRef(doc.string("engine"), doc.string("name"), doc.object("spec"));
    }
}
