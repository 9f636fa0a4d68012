package io.gds.database.topology;

import static java.util.Objects.requireNonNull;

import io.gds.database.version.EngineVersion;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One database server process of a cluster as it was seen at an instant. Immutable. */
public final class Member {
    private final String name;
    private final String address;
    private final MemberRole role;
    private final boolean reachable;
    private final @Nullable EngineVersion version;
    private final Map<String, String> attributes;

    private Member(Builder b) {
        this.name = b.name;
        this.address = b.address;
        this.role = b.role;
        this.reachable = b.reachable;
        this.version = b.version;
        this.attributes = Map.copyOf(b.attributes);
    }

    /**
     * Starts a member.
     *
     * @param name unique within the cluster
     * @param address {@code host:port}
     */
    public static Builder named(String name, String address) {
        return new Builder(name, address);
    }

    /** The member's name, unique within its cluster. */
    public String name() {
        return name;
    }

    /** {@code host:port}. */
    public String address() {
        return address;
    }

    /** Its role; {@link MemberRole#UNKNOWN} when it did not answer. */
    public MemberRole role() {
        return role;
    }

    /** Whether it answered. */
    public boolean reachable() {
        return reachable;
    }

    /** The version that is running, as the server itself says; empty when it did not answer. */
    public Optional<EngineVersion> version() {
        return Optional.ofNullable(version);
    }

    /** What else the engine knows: timeline, tags, votes; keys are the engine's. */
    public Map<String, String> attributes() {
        return attributes;
    }

    @Override
    public String toString() {
        return name + " (" + address + ") " + role + " " + (version == null ? "version unknown" : version)
                + (attributes.isEmpty() ? "" : " " + new TreeMap<>(attributes));
    }

    /** Collects a member. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String address;
        private MemberRole role = MemberRole.UNKNOWN;
        private boolean reachable;
        private @Nullable EngineVersion version;
        private final Map<String, String> attributes = new TreeMap<>();

        Builder(String name, String address) {
            this.name = requireNonNull(name, "name");
            this.address = requireNonNull(address, "address");
        }

        /** It answered, in this role, running this version. */
        public Builder answered(MemberRole asRole, EngineVersion running) {
            this.role = requireNonNull(asRole, "asRole");
            this.version = requireNonNull(running, "running");
            this.reachable = true;
            return this;
        }

        /** Adds an attribute. */
        public Builder attribute(String key, String value) {
            attributes.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
            return this;
        }

        /** Makes the member. */
        public Member build() {
            return new Member(this);
        }
    }
}
