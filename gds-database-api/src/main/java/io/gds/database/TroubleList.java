package io.gds.database;

import java.util.List;

/** Health that is what is not in order, and no more. */
record TroubleList(List<String> trouble) implements ClusterHealth {
    TroubleList {
        trouble = List.copyOf(trouble);
    }

    @Override
    public String toString() {
        return trouble.isEmpty() ? "in order" : "not in order: " + String.join("; ", trouble);
    }
}
