package io.gds.engine.mongo.internal.topology;

import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.config.MemberSpec;
import java.util.Optional;

/**
 * What one member itself says, asked directly.
 *
 * @param member who
 * @param version what it runs
 * @param edition {@code community} or {@code enterprise}; {@code router} of a router, which does not tell
 * @param writablePrimary whether it says that it accepts writes
 * @param status its view of the set; empty before it is in one
 * @param config its configuration of the set; empty before it is in one, and of arbiters that refuse to tell
 * @param compatibility the feature compatibility that its data has; empty for arbiters, whose own does not follow the set's
 */
public record MemberView(
        MemberSpec member,
        EngineVersion version,
        String edition,
        boolean writablePrimary,
        Optional<SetStatus> status,
        Optional<SetConfig> config,
        Optional<Compatibility> compatibility) {
    /**
     * A feature compatibility version.
     *
     * @param version what the data is compatible with
     * @param target what it is being changed to; empty when no change is half done
     */
    public record Compatibility(String version, Optional<String> target) {
        /** For people: {@code 5.0, half way to 6.0}. */
        public String describe() {
            return version + target.map(t -> ", half way to " + t).orElse("");
        }
    }

    private static final String ROUTER = "router";

    /** A router, which has neither data nor a set. */
    static MemberView router(MemberSpec member, EngineVersion version) {
        return new MemberView(member, version, ROUTER, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Its own state. */
    public MemberState state() {
        return status.map(SetStatus::state).orElse(edition.equals(ROUTER) ? MemberState.ROUTER : MemberState.STARTUP);
    }
}
