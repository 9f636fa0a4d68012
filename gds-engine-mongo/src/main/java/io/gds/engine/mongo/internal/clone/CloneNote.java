package io.gds.engine.mongo.internal.clone;

import io.gds.database.plan.Params;
import io.gds.database.spi.CloneOwner;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is written down of a clone.
 *
 * @param document all of it
 */
record CloneNote(Params document) {
    private static final String CLUSTER = "cluster";
    private static final String SPEC = "spec";
    private static final String SOURCE = "source";
    private static final String LOCKED = "locked";
    private static final String COUNTS = "counts";
    private static final String HASHES = "hashes";

    static CloneNote draft(String cluster, CloneOwner owner, Params spec, String source) {
        return new CloneNote(owner.document()
                .with(CLUSTER, cluster)
                .with(SPEC, spec)
                .with(SOURCE, source)
                .with(LOCKED, false));
    }

    /** The cluster that was cloned. */
    String cluster() {
        return document.optionalString(CLUSTER).orElse("");
    }

    CloneOwner owner() {
        return CloneOwner.of(document);
    }

    Params spec() {
        return document.object(SPEC);
    }

    int port() {
        return Math.toIntExact(spec().objects("members").get(0).integer("port"));
    }

    /** The member whose files are locked for the copy, or may be: it is noted before. */
    Optional<String> locked() {
        return document.flag(LOCKED) ? Optional.of(document.string(SOURCE)) : Optional.empty();
    }

    CloneNote locked(boolean now) {
        return new CloneNote(document.with(LOCKED, now));
    }

    /** How many documents each collection had in the source when it was copied. */
    SortedMap<String, Long> counts() {
        SortedMap<String, Long> out = new TreeMap<>();
        Params counts = document.object(COUNTS);
        counts.asMap().keySet().forEach(k -> out.put(k, counts.integer(k)));
        return out;
    }

    CloneNote counts(Map<String, Long> counts) {
        return new CloneNote(document.with(COUNTS, Params.of(Map.copyOf(counts))));
    }

    /** The hash of each database before anything else was done with the clone. */
    SortedMap<String, String> hashes() {
        SortedMap<String, String> out = new TreeMap<>();
        Params hashes = document.object(HASHES);
        hashes.asMap().keySet().forEach(k -> out.put(k, hashes.string(k)));
        return out;
    }

    CloneNote hashes(Map<String, String> hashes) {
        return new CloneNote(document.with(HASHES, Params.of(Map.copyOf(hashes))));
    }
}
