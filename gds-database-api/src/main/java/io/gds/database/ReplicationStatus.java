package io.gds.database;

import static java.util.Objects.requireNonNull;

import io.gds.database.topology.Lag;
import io.gds.database.topology.MemberRole;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one member replicates. Immutable. */
public final class ReplicationStatus {
    private final String member;
    private final boolean enabled;
    private final String mode;
    private final MemberRole role;
    private final @Nullable Lag lag;
    private final String syncState;
    private final List<String> partners;

    /**
     * A status.
     *
     * @param member the member
     * @param enabled whether it sends or follows
     * @param mode the product's word, for example {@code streaming}
     * @param role its role
     * @param lag how far it trails; null when unknown or not applicable
     * @param syncState the product's word for whether commits wait
     * @param partners members it sends to or follows
     */
    public ReplicationStatus(
            String member,
            boolean enabled,
            String mode,
            MemberRole role,
            @Nullable Lag lag,
            String syncState,
            List<String> partners) {
        this.member = requireNonNull(member, "member");
        this.enabled = enabled;
        this.mode = requireNonNull(mode, "mode");
        this.role = requireNonNull(role, "role");
        this.lag = lag;
        this.syncState = requireNonNull(syncState, "syncState");
        this.partners = List.copyOf(partners);
    }

    /** The member. */
    public String member() {
        return member;
    }

    /** Whether it sends or follows. */
    public boolean enabled() {
        return enabled;
    }

    /** The product's word for how. */
    public String mode() {
        return mode;
    }

    /** Its role. */
    public MemberRole role() {
        return role;
    }

    /** How far it trails; empty means unknown (or not applicable for a primary), not zero. */
    public Optional<Lag> lag() {
        return Optional.ofNullable(lag);
    }

    /** The product's word for whether commits wait. */
    public String syncState() {
        return syncState;
    }

    /** Members it sends to or follows. */
    public List<String> partners() {
        return partners;
    }

    @Override
    public String toString() {
        return member + " " + role + " " + mode + "/" + syncState + ", lag " + (lag == null ? "unknown" : lag)
                + ", partners " + partners;
    }
}
