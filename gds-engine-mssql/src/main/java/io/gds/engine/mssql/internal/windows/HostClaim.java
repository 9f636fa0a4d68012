package io.gds.engine.mssql.internal.windows;

import io.gds.database.plan.Params;

/**
 * The mark by which one run alone works on a host, whatever other journals know of. It has no expiry: a run that waits keeps it, and
 * only that run, or a person, takes it away. Thread-safe; calls block.
 */
public final class HostClaim {
    private final HostScripts scripts;

    /** The mark of a host. */
    public HostClaim(HostScripts scripts) {
        this.scripts = scripts;
    }

    /** Where the mark lies on the host. */
    public String path() {
        return scripts.root() + "\\claim";
    }

    /**
     * Makes the mark if there is none.
     *
     * @param holder the run
     * @return whose mark it is now
     */
    public String take(String holder) {
        return scripts.ask("claim", request(holder)).string("holder");
    }

    /**
     * Removes the mark if it is this run's.
     *
     * @param holder the run
     * @return whose mark is left; empty when there is none
     */
    public String release(String holder) {
        return scripts.ask("release", request(holder)).optionalString("holder").orElse("");
    }

    private Params request(String holder) {
        return Params.of("path", path(), "holder", holder);
    }
}
