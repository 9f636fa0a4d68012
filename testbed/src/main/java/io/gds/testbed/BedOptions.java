package io.gds.testbed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** How a bed is set up. Immutable; two beds of equal options are interchangeable. */
public final class BedOptions {
    /** Patroni's synchronous_mode. */
    public enum SyncMode {
        OFF,
        ON,
        STRICT,
        /** Patroni 4 only. */
        QUORUM
    }

    private final Edition edition;
    private final Map<String, String> environment;

    private BedOptions(Edition edition, Map<String, String> environment) {
        this.edition = edition;
        this.environment = Map.copyOf(environment);
    }

    /** Short intervals (loop_wait 2 s, ttl 20 s, retry_timeout 3 s), asynchronous replication, little data. */
    public static BedOptions of(Edition edition) {
        return new BedOptions(edition, Map.of());
    }

    /** Patroni's own intervals (loop_wait 10 s, ttl 30 s, retry_timeout 10 s), for figures. */
    public BedOptions patroniDefaults() {
        return with("GDS_TESTBED_LOOP_WAIT", "10").with("GDS_TESTBED_TTL", "30").with("GDS_TESTBED_RETRY", "10");
    }

    public BedOptions sync(SyncMode mode) {
        return with("GDS_TESTBED_SYNC", mode.name().toLowerCase(java.util.Locale.ROOT));
    }

    /** pgbench's scale factor: 1 is about 16 MB. */
    public BedOptions scale(int scale) {
        return with("GDS_TESTBED_SCALE", Integer.toString(scale));
    }

    /** PostgreSQL parameters, kept in Patroni's dynamic configuration; they add to those of earlier calls. */
    public BedOptions parameters(Map<String, String> parameters) {
        StringJoiner flow = new StringJoiner(", ");
        String before = environment.get("GDS_TESTBED_PARAMETERS");
        if (before != null) {
            flow.add(before);
        }
        new LinkedHashMap<>(parameters)
                .forEach((name, value) ->
                        flow.add(name + ": \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
        return with("GDS_TESTBED_PARAMETERS", flow.toString());
    }

    /** A small file system of its own on one node, for instance for a full archive: path absolute, below an existing folder. */
    public BedOptions disk(String node, String path, int megabytes) {
        String before = environment.getOrDefault("GDS_TESTBED_DISKS", "");
        return with("GDS_TESTBED_DISKS", (before + " " + node + ":" + path + ":" + megabytes + "m").strip());
    }

    public Edition edition() {
        return edition;
    }

    Map<String, String> environment() {
        return environment;
    }

    private BedOptions with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new BedOptions(edition, more);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof BedOptions other && edition == other.edition && environment.equals(other.environment);
    }

    @Override
    public int hashCode() {
        return edition.hashCode() * 31 + environment.hashCode();
    }

    @Override
    public String toString() {
        return edition.suite() + environment;
    }
}
